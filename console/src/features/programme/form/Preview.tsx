import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { TiersPreview } from "../../../api/contract";
import type { usePreviewTiers } from "../../../api/tiers";
import { Refusal } from "../../../kit/Refusal";
import { Running } from "../../../kit/Running";
import { TierBadge } from "../../../kit/TierBadge";
import { useFormat } from "../../../kit/useFormat";
import styles from "./form.module.css";

interface Props {
  preview: ReturnType<typeof usePreviewTiers>;
  onLook: () => void;
}

/** What the rules mean in words, and who would have another level if they held today. Nothing is saved by looking. */
export function Preview({ preview, onLook }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.preview} aria-live="polite">
      {preview.isPending && (
        <Running
          text={(time) => t("programme.preview.running", { time })}
          hint={t("programme.preview.runningHint")}
          usualSeconds={5}
        />
      )}
      <Refusal error={preview.error} />
      {preview.data && !preview.isPending && <Found preview={preview.data} />}
      <Button onClick={onLook} loading={preview.isPending}>
        {t(preview.data ? "programme.preview.again" : "programme.preview.look")}
      </Button>
    </div>
  );
}

function Found({ preview }: { preview: TiersPreview }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const most = Math.max(1, ...preview.moves.map((move) => move.members));
  return (
    <>
      <ul className={styles.sentences}>
        {preview.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {!preview.is_complete && (
        <Alert
          type="info"
          showIcon
          title={t("programme.preview.part", { judged: count(preview.judged), total: count(preview.total) })}
        />
      )}
      <p className={styles.lead}>
        {preview.moves.length === 0
          ? t("programme.preview.nobody", { judged: count(preview.judged) })
          : t("programme.preview.moving", {
              moving: count(preview.moves.reduce((sum, move) => sum + move.members, 0)),
              judged: count(preview.judged),
            })}
      </p>
      <ul className={styles.moves}>
        {preview.moves.map((move) => (
          <li key={`${move.from?.code}-${move.to.code}`}>
            <span className={styles.move}>
              <TierBadge tier={move.from} />
              <span aria-hidden="true">{isUp(move) ? "↗" : "↘"}</span>
              <TierBadge tier={move.to} />
            </span>
            <span className="num">{t("programme.levels.members", { value: count(move.members) })}</span>
            <div className={styles.track} data-up={isUp(move)}>
              <div style={{ width: `${(move.members / most) * 100}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function isUp({ from, to }: TiersPreview["moves"][number]): boolean {
  return to.rank > (from?.rank ?? 0);
}

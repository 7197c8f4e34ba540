import { DownloadOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Export } from "../api/contract";
import { fileUrl, isBeingMade, useRecentExports } from "../api/exports";
import styles from "./ExportButton.module.css";
import { Go } from "./Go";
import { Loaded } from "./Loaded";
import { useFormat } from "./useFormat";

interface Props {
  list: string;
  onAgain: () => void;
}

/** What one took out of a list lately: still being made, ready, or why not. */
export function RecentExports({ list, onAgain }: Props) {
  const { t } = useTranslation();
  const recent = useRecentExports(list, true);
  return (
    <div className={styles.recent}>
      <Loaded of={recent} rows={3} minHeight={96}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t("exports.recent.none")}</p>
          ) : (
            <ul>
              {items.map((one) => (
                <Line key={one.id} one={one} onAgain={onAgain} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Go to="/settings/exports">{t("exports.recent.all")}</Go>
    </div>
  );
}

function Line({ one, onAgain }: { one: Export; onAgain: () => void }) {
  const { t } = useTranslation();
  const { count, since, bytes } = useFormat();
  const hasFailed = one.state === "failed" || one.state === "refused";
  return (
    <li>
      <div>
        <div>{one.reason}</div>
        <div className={styles.quiet}>
          {t("exports.recent.line", { when: since(one.asked_at), value: count(one.rows_done) })}
          {hasFailed && one.problem && ` · ${one.problem.detail}`}
        </div>
      </div>
      {one.state === "done" ? (
        <Button size="small" icon={<DownloadOutlined />} href={fileUrl(one.id)} download>
          {one.file_bytes ? bytes(one.file_bytes) : t("exports.download")}
        </Button>
      ) : hasFailed ? (
        <Button size="small" onClick={onAgain}>
          {t("exports.progress.again")}
        </Button>
      ) : (
        <Tag color={isBeingMade(one) ? "processing" : undefined}>{t(`exports.state.${one.state}`)}</Tag>
      )}
    </li>
  );
}

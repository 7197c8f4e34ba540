import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberTier, TierNeed } from "../../../api/contract";
import { TierBadge } from "../../../kit/TierBadge";
import { useFormat } from "../../../kit/useFormat";
import styles from "./sections.module.css";

/** How far the next level is, and what keeps this one: a bar for each figure, and the server's own sentence. */
export function TierWay({ tier }: { tier: MemberTier }) {
  const { t } = useTranslation();
  const { day } = useFormat();
  const { level, next, keep } = tier;
  return (
    <div className={styles.progress}>
      <div className={styles.ends}>
        <TierBadge tier={level} />
        {next && <TierBadge tier={next.level} />}
      </div>
      {next ? (
        <Bar need={next.need} />
      ) : (
        <Progress
          percent={100}
          showInfo={false}
          size={{ height: 6 }}
          aria-label={t("members.progress.top")}
        />
      )}
      <div className={styles.lead}>{next ? next.need.text : t("members.progress.top")}</div>
      {tier.since && (
        <div className={styles.quiet}>{t("members.progress.since", { day: day(tier.since) })}</div>
      )}
      {keep && (
        <div className={styles.keep}>
          {!keep.is_kept && keep.needs.map((need) => <Bar key={need.metric + need.since} need={need} />)}
          {keep.text}
        </div>
      )}
    </div>
  );
}

function Bar({ need }: { need: TierNeed }) {
  const percent = need.threshold > 0 ? Math.max(0, Math.min(100, (need.have / need.threshold) * 100)) : 100;
  return <Progress percent={percent} showInfo={false} size={{ height: 6 }} aria-label={need.text} />;
}

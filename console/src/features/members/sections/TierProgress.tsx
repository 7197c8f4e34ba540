import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import { TierBadge } from "../../../kit/TierBadge";
import { useFormat } from "../../../kit/useFormat";
import { sectionData } from "../overview";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";

export function TierProgress({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { money, day, name } = useFormat();
  const tier = sectionData(overview, "tier");
  if (!tier) return null;
  const { level, next, keep, amount_minor, currency } = tier;
  const goal = next ? amount_minor + next.needed_minor : amount_minor;
  const percent = next && goal > 0 ? Math.max(0, Math.min(100, (amount_minor / goal) * 100)) : 100;
  const amount = t("members.progress.amount", {
    days: tier.window_days,
    amount: money(amount_minor, currency),
  });
  const lead = next
    ? level
      ? t("members.progress.toNext", {
          amount: money(next.needed_minor, currency),
          level: name(next.level.name),
        })
      : t("members.progress.none", { amount: money(goal, currency), level: name(next.level.name) })
    : t("members.progress.top");
  return (
    <div className={styles.progress}>
      <div className={styles.ends}>
        <TierBadge tier={level} />
        {next && <TierBadge tier={next.level} />}
      </div>
      <Progress percent={percent} showInfo={false} size={{ height: 6 }} aria-label={lead} />
      <div className={styles.lead}>{lead}</div>
      <div className={styles.quiet}>{amount}</div>
      {keep && (
        <div className={styles.keep}>
          {keep.needed_minor > 0
            ? t("members.progress.keep", { by: day(keep.by), amount: money(keep.needed_minor, currency) })
            : t("members.progress.kept", {
                threshold: money(keep.threshold_minor, currency),
                by: day(keep.by),
              })}
        </div>
      )}
      {!keep && tier.valid_until && (
        <div className={styles.quiet}>{t("members.progress.validUntil", { day: day(tier.valid_until) })}</div>
      )}
    </div>
  );
}

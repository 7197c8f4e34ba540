import { useTranslation } from "react-i18next";
import type { Tiers } from "../../api/contract";
import { Card } from "../../kit/Card";
import { useFormat } from "../../kit/useFormat";
import styles from "./programme.module.css";

const metrics = ["net_spend", "growth"] as const;
const promotions = ["immediate", "daily"] as const;
const refunds = ["period_end", "immediate"] as const;
const demotions = ["recompute", "one_level", "never", "immediate"] as const;

/** The scheme as a manager would tell it at the counter. */
export function Scheme({ scheme }: { scheme: Tiers["scheme"] }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const metric = metrics.find((one) => one === scheme.metric) ?? "other";
  const promote = promotions.find((one) => one === scheme.promote) ?? "other";
  const onRefund = refunds.find((one) => one === scheme.on_refund);
  const demote = demotions.find((one) => one === scheme.demote) ?? "other";
  return (
    <Card title={t("programme.scheme.title")} note={name(scheme.name)}>
      <ul className={styles.rules}>
        <li>{t(`programme.scheme.metric.${metric}`)}</li>
        <li>{t("programme.scheme.window", { days: scheme.window_days })}</li>
        <li>{t(`programme.scheme.promote.${promote}`)}</li>
        <li>{t("programme.scheme.validity", { months: scheme.validity_months })}</li>
        <li>{t(`programme.scheme.demote.${demote}`)}</li>
        {onRefund && <li>{t(`programme.scheme.onRefund.${onRefund}`)}</li>}
      </ul>
    </Card>
  );
}

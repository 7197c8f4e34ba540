import { useTranslation } from "react-i18next";
import { useCouponReport } from "../../../api/couponReports";
import { Figure } from "../../../kit/Figure";
import { Loaded } from "../../../kit/Loaded";
import { useFormat } from "../../../kit/useFormat";
import styles from "../home.module.css";
import type { WidgetProps } from "../widgets";

const figures = ["issued", "redeemed", "discount_minor"] as const;

/** What coupons did in the period of the page. */
export function CouponUse({ dashboard }: WidgetProps) {
  const { t } = useTranslation();
  const { count, money, day } = useFormat();
  const { from, to } = dashboard.period;
  const report = useCouponReport({ from, to });
  return (
    <Loaded of={report} minHeight={100}>
      {({ total, currency, as_of }) => (
        <div className={styles.couponUse}>
          {figures.map((key) => (
            <Figure
              key={key}
              label={t(`home.coupons.${key}`)}
              value={key === "discount_minor" ? money(total[key], currency) : count(total[key])}
              size="body"
              explain={{
                definition: t(`home.coupons.about.${key}`),
                period: `${day(from)} – ${day(to)}`,
                computedAt: as_of,
                list: { to: "/loyalty/coupon-figures", label: t("home.list.coupons") },
              }}
            />
          ))}
        </div>
      )}
    </Loaded>
  );
}

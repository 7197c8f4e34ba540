import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Refunded } from "../../api/checkout";
import { Fact, Facts } from "../../kit/Facts";
import { useFormat } from "../../kit/useFormat";
import { Verdict } from "../../kit/Verdict";
import styles from "./checkout.module.css";
import { useLevelName } from "./useLevelName";

interface Props {
  refunded: Refunded;
  currency: string;
  onClose: () => void;
}

/** What a refund did: money, points, growth and level. */
export function RefundAnswer({ refunded, currency, onClose }: Props) {
  const { t } = useTranslation();
  const { money, points } = useFormat();
  const level = useLevelName();
  const moved = refunded.points;
  return (
    <div className={styles.stack}>
      <Verdict
        tone={refunded.state === "waiting" ? "warn" : "good"}
        title={t(`checkout.refund.state.${refunded.state}`, { number: refunded.number })}
      />
      {refunded.state !== "waiting" && (
        <Facts>
          <Fact term={t("checkout.refund.goods")}>{money(refunded.amount_minor, currency)}</Fact>
          <Fact term={t("checkout.refund.money")}>
            <b>{money(refunded.money_minor, currency)}</b>
          </Fact>
          {refunded.coupons_returned.length > 0 && (
            <Fact term={t("checkout.refund.coupons")}>{refunded.coupons_returned.join(" ")}</Fact>
          )}
          {moved && (
            <>
              <Fact term={t("checkout.refund.returned")}>{points(moved.returned)}</Fact>
              <Fact term={t("checkout.refund.takenBack")}>{points(moved.taken_back)}</Fact>
              <Fact term={t("checkout.refund.growth")}>{points(refunded.growth_taken_back)}</Fact>
              <Fact term={t("checkout.refund.balance")}>
                {moved.debt > 0
                  ? t("checkout.refund.withDebt", {
                      balance: points(moved.balance),
                      debt: points(moved.debt),
                    })
                  : points(moved.balance)}
              </Fact>
              <Fact term={t("checkout.refund.tier")}>
                {refunded.tier ? level(refunded.tier.code) : t("checkout.refund.noTier")}
              </Fact>
            </>
          )}
        </Facts>
      )}
      {refunded.state !== "waiting" && !moved && <p className={styles.quiet}>{t("checkout.refund.guest")}</p>}
      <div className={styles.acts}>
        <Button type="primary" onClick={onClose}>
          {t("checkout.refund.close")}
        </Button>
      </div>
    </div>
  );
}

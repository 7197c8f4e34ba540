import { useTranslation } from "react-i18next";
import type { Refunded } from "../../../api/checkout";
import type { Order } from "../../../api/contract";
import { Fact, Facts } from "../../../kit/Facts";
import { useFormat } from "../../../kit/useFormat";
import styles from "../day/day.module.css";
import { usePaid } from "../day/usePaid";

interface Props {
  order: Order;
  effect: Refunded;
  /** False while the choice has changed and the answer has not come. */
  isSettled: boolean;
}

/** What a refund gives back and takes back. */
export function Effect({ order, effect, isSettled }: Props) {
  const { t } = useTranslation();
  const { money, points } = useFormat();
  const paid = usePaid();
  const moved = effect.points;
  return (
    <section className={styles.effect} data-refreshing={!isSettled} aria-live="polite">
      <Facts>
        <Fact term={t("checkout.refund.goods")}>{money(effect.amount_minor, order.currency)}</Fact>
        <Fact term={t("checkout.refund.money")}>
          <b className={styles.big}>{money(effect.money_minor, order.currency)}</b>
        </Fact>
        {order.payments.length > 0 && (
          <Fact term={t("tillDesk.refund.wasPaid")}>{paid(order.payments, order.currency)}</Fact>
        )}
        {effect.coupons_returned.length > 0 && (
          <Fact term={t("checkout.refund.coupons")}>{effect.coupons_returned.join(" ")}</Fact>
        )}
        {moved && moved.returned > 0 && (
          <Fact term={t("checkout.refund.returned")}>{points(moved.returned)}</Fact>
        )}
        {moved && moved.taken_back > 0 && (
          <Fact term={t("checkout.refund.takenBack")}>{points(moved.taken_back)}</Fact>
        )}
        {moved && (
          <Fact term={t("tillDesk.refund.balanceAfter")}>
            {moved.debt > 0
              ? t("checkout.refund.withDebt", { balance: points(moved.balance), debt: points(moved.debt) })
              : points(moved.balance)}
          </Fact>
        )}
      </Facts>
      {moved && moved.debt > 0 && <p className={styles.warn}>{t("tillDesk.refund.debt")}</p>}
    </section>
  );
}

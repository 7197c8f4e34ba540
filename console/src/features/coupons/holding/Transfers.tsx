import { Alert, App, Button, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import {
  type CouponTransfer,
  type HeldCouponDetail,
  useOfferCoupon,
  useWithdrawCoupon,
} from "../../../api/heldCoupons";
import { useMay } from "../../../api/session";
import { Card } from "../../../kit/Card";
import { nameOf } from "../../../kit/nameOf";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import styles from "./holding.module.css";

interface Props {
  coupon: HeldCouponDetail;
  onOpen: (code: string) => void;
}

/** Giving the coupon away in its holder's name, and how that has gone. */
export function Transfers({ coupon, onOpen }: Props) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const offer = useOfferCoupon();
  // One key for each offer: pressed twice, it is one; withdrawn, the next one is another.
  const [key, setKey] = useState(newKey);
  const canOffer =
    coupon.is_transferable && coupon.state === "issued" && coupon.member !== null && may("coupons.issue");
  if (coupon.transfers.length === 0 && !canOffer) return null;
  return (
    <Card
      title={t("couponHolding.transfer.title")}
      extra={
        canOffer && (
          <Button
            size="small"
            loading={offer.isPending}
            onClick={() => offer.mutate({ code: coupon.code, key }, { onSuccess: () => setKey(newKey()) })}
          >
            {t("couponHolding.transfer.offer")}
          </Button>
        )
      }
    >
      <Refusal error={offer.error} />
      {offer.data && (
        <Alert
          type="info"
          className={styles.token}
          title={t("couponHolding.transfer.told", { until: moment(offer.data.until) })}
          description={
            <Typography.Text copyable className={styles.code}>
              {offer.data.token}
            </Typography.Text>
          }
        />
      )}
      {coupon.transfers.length === 0 ? (
        <p className={styles.quiet}>{t("couponHolding.transfer.hint")}</p>
      ) : (
        <ul className={styles.transfers}>
          {coupon.transfers.toReversed().map((one) => (
            <Transfer key={one.id} transfer={one} own={coupon.code} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </Card>
  );
}

interface TransferProps {
  transfer: CouponTransfer;
  own: string;
  onOpen: (code: string) => void;
}

function Transfer({ transfer: one, own, onOpen }: TransferProps) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const { message } = App.useApp();
  const may = useMay();
  const withdraw = useWithdrawCoupon();
  const other = one.coupon === own ? one.new_coupon : one.coupon;
  const who = (person: CouponTransfer["giver"]) =>
    person ? nameOf(person) : t("couponHolding.transfer.somebody");
  const told =
    one.state === "accepted"
      ? t("couponHolding.transfer.accepted", { giver: who(one.giver), receiver: who(one.receiver) })
      : t(`couponHolding.transfer.${one.state}`);
  return (
    <li>
      <div className={styles.line}>
        <b>{told}</b>
        {one.state === "offered" && may("coupons.issue") && (
          <Button
            size="small"
            loading={withdraw.isPending}
            onClick={() =>
              withdraw.mutate(one.id, {
                onSuccess: () => void message.success(t("couponHolding.transfer.withdrawn")),
              })
            }
          >
            {t("couponHolding.transfer.withdraw")}
          </Button>
        )}
        {other && (
          <Button size="small" type="link" onClick={() => onOpen(other)}>
            {t("couponHolding.transfer.open")}
          </Button>
        )}
      </div>
      <div className={`${styles.quiet} num`}>
        {one.state === "offered"
          ? t("couponHolding.transfer.waits", { at: moment(one.offered_at), until: moment(one.until) })
          : moment(one.ended_at ?? one.until)}
      </div>
      <Refusal error={withdraw.error} />
    </li>
  );
}

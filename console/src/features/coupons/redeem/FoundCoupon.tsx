import { CheckCircleFilled } from "@ant-design/icons";
import { Alert, Button, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { Refused } from "../../../api/client";
import { type Asked, type ShownCoupon, useLookUpCoupon, useRedeemCoupon } from "../../../api/couponRedeem";
import { useSystem } from "../../../api/system";
import { Card } from "../../../kit/Card";
import { ErrorState } from "../../../kit/ErrorState";
import { minorDigits } from "../../../kit/format";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import { useSettled } from "../../../kit/useSettled";
import { Waiting } from "../../../kit/Waiting";
import { referencesIn } from "../issue/references";
import { CouponFace } from "./CouponFace";
import { Field } from "./Field";
import styles from "./redeem.module.css";
import { UndoButton } from "./UndoButton";

interface Props {
  code: string;
  store: string;
  onDone: () => void;
}

/** The coupon of a code that was shown: what it is for, what stands against it, and the button that redeems it. */
export function FoundCoupon({ code, store, onDone }: Props) {
  const [amount, setAmount] = useState<number | null>(null);
  const [member, setMember] = useState("");
  const { data: system } = useSystem();
  const digits = minorDigits(system?.currency ?? "CNY");
  const wanted = { amount: useSettled(amount, 350), member: useSettled(member, 350) };
  const amountMinor = wanted.amount === null ? null : Math.round(wanted.amount * 10 ** digits);
  const asked = { code, store, member: memberIn(wanted.member), amountMinor };
  const look = useLookUpCoupon(asked);
  const redeem = useRedeemCoupon();
  const isSettled = wanted.amount === amount && wanted.member === member;
  // What was redeemed just now is no problem to be told.
  const isDone = redeem.data !== undefined && look.data?.state === "redeemed";
  if (look.data)
    return (
      <Card>
        <div className={styles.stack}>
          {!isDone && <Problem coupon={look.data} />}
          <CouponFace coupon={look.data} />
          <Redeeming
            coupon={look.data}
            redeem={redeem}
            asked={asked}
            isFresh={isSettled && !look.isPlaceholderData && !look.isFetching}
            amount={amount}
            onAmount={setAmount}
            member={member}
            onMember={setMember}
            onDone={onDone}
          />
        </div>
      </Card>
    );
  return (
    <Card>
      {look.error instanceof Refused ? (
        <Refusal error={look.error} />
      ) : look.error ? (
        <ErrorState error={look.error} onRetry={() => void look.refetch()} />
      ) : (
        <Waiting rows={4} minHeight={200} />
      )}
    </Card>
  );
}

interface RedeemingProps {
  coupon: ShownCoupon;
  redeem: ReturnType<typeof useRedeemCoupon>;
  asked: Asked;
  /** What is shown is the answer to what stands in the fields. */
  isFresh: boolean;
  amount: number | null;
  onAmount: (amount: number | null) => void;
  member: string;
  onMember: (member: string) => void;
  onDone: () => void;
}

function Redeeming({
  coupon,
  redeem,
  asked,
  isFresh,
  amount,
  onAmount,
  member,
  onMember,
  onDone,
}: RedeemingProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const [note, setNote] = useState("");
  const [key] = useState(newKey);
  if (redeem.data && coupon.state === "redeemed")
    return (
      <div className={styles.done} role="status">
        <CheckCircleFilled aria-hidden />
        <div>
          <b>{t("couponRedeem.done.title")}</b>
          <p>
            {redeem.data.coupon.redemption?.discount_minor
              ? t("couponRedeem.done.off", { amount: money(redeem.data.coupon.redemption.discount_minor) })
              : t("couponRedeem.done.handOver")}
          </p>
        </div>
        <UndoButton code={coupon.code} onDone={onDone} />
      </div>
    );
  if (coupon.redemption?.can_be_undone)
    return (
      <div className={styles.buttons}>
        <UndoButton code={coupon.code} onDone={onDone} />
      </div>
    );
  const asksAmount = coupon.missing === "amount" || amount !== null;
  const asksMember = coupon.missing === "member" || member !== "";
  const submit = () => redeem.mutate({ asked, note, key }, { onSuccess: onDone });
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (coupon.can_redeem && isFresh) submit();
      }}
    >
      {asksAmount && (
        <Field label={t("couponRedeem.amount")} help={t("couponRedeem.amountHelp")}>
          {(id) => (
            <InputNumber
              id={id}
              autoFocus
              size="large"
              className={styles.full}
              min={0}
              max={100_000_000}
              precision={minorDigits(coupon.currency)}
              inputMode="decimal"
              value={amount}
              onChange={onAmount}
            />
          )}
        </Field>
      )}
      {asksMember && (
        <Field label={t("couponRedeem.member")} help={t("couponRedeem.memberHelp")}>
          {(id) => (
            <Input
              id={id}
              autoFocus
              size="large"
              maxLength={100}
              autoComplete="off"
              value={member}
              onChange={(event) => onMember(event.target.value)}
            />
          )}
        </Field>
      )}
      {coupon.can_redeem && (
        <Field label={t("couponRedeem.note")}>
          {(id) => (
            <Input id={id} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
      )}
      <Refusal error={redeem.error} />
      {(coupon.can_redeem || asksAmount || asksMember) && (
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          block
          disabled={!coupon.can_redeem || !isFresh}
          loading={redeem.isPending}
        >
          {coupon.discount_minor
            ? t("couponRedeem.redeemOff", { amount: money(coupon.discount_minor, coupon.currency) })
            : t("couponRedeem.redeem")}
        </Button>
      )}
    </form>
  );
}

/** A phone number or a member number as somebody types it, in the words of the API. */
const memberIn = (text: string) => referencesIn(text)[0] ?? text.trim();

function Problem({ coupon }: { coupon: ShownCoupon }) {
  const { t } = useTranslation();
  if (coupon.problem)
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={coupon.problem.title}
        description={
          <>
            {coupon.problem.detail}
            <div className={styles.problemCode}>{t("kit.error.code", { code: coupon.problem.code })}</div>
          </>
        }
      />
    );
  if (coupon.missing)
    return <Alert type="info" showIcon role="status" title={t(`couponRedeem.missing.${coupon.missing}`)} />;
  return null;
}

import { Radio, Switch } from "antd";
import { useTranslation } from "react-i18next";
import styles from "../coupons.module.css";
import { Field, NumberField } from "./Field";
import type { OnRefund, PartProps, Transfer } from "./terms";

const wholes = ["give_back_if_valid", "give_back", "lost"] as const;
const parts = ["wait", "give_back", "lost"] as const;

/** What becomes of the coupon when its order is refunded. */
export function RefundFields({ value, onChange }: PartProps<OnRefund>) {
  const { t } = useTranslation();
  const whole = value.whole ?? "give_back_if_valid";
  return (
    <div className={styles.fields}>
      <Field label={t("coupons.form.whole")} pointer="/on_refund/whole">
        <Radio.Group
          vertical
          value={whole}
          onChange={({ target }) => onChange({ ...value, whole: target.value })}
          options={wholes.map((one) => ({ value: one, label: t(`coupons.form.wholes.${one}`) }))}
        />
      </Field>
      <Field label={t("coupons.form.part")} pointer="/on_refund/part">
        <Radio.Group
          vertical
          value={value.part ?? "wait"}
          onChange={({ target }) => onChange({ ...value, part: target.value })}
          options={parts.map((one) => ({ value: one, label: t(`coupons.form.parts.${one}`) }))}
        />
      </Field>
      {whole === "give_back" && (
        <NumberField
          label={t("coupons.form.graceDays")}
          help={t("coupons.form.graceHelp")}
          pointer="/on_refund/grace_days"
          value={value.grace_days ?? 0}
          onChange={(days) => onChange({ ...value, grace_days: days ?? 0 })}
          min={0}
          max={3650}
        />
      )}
    </div>
  );
}

/** Whether members may give it away. */
export function TransferFields({ value, onChange }: PartProps<Transfer>) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <Field isWide label={t("coupons.form.isAllowed")} pointer="/transfer/is_allowed">
        <Switch
          id="/transfer/is_allowed"
          checked={value.is_allowed ?? false}
          onChange={(is_allowed) => onChange({ ...value, is_allowed })}
        />
      </Field>
      {value.is_allowed && (
        <>
          <NumberField
            label={t("coupons.form.daysToAccept")}
            pointer="/transfer/days_to_accept"
            value={value.days_to_accept ?? 3}
            onChange={(days) => onChange({ ...value, days_to_accept: days })}
            min={1}
            max={90}
          />
          <NumberField
            label={t("coupons.form.mostTimesGiven")}
            pointer="/transfer/most_times"
            value={value.most_times ?? 1}
            onChange={(times) => onChange({ ...value, most_times: times })}
            min={1}
            max={10}
          />
        </>
      )}
    </div>
  );
}

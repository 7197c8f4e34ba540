import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import styles from "../coupons.module.css";
import { Field, MoneyField, NumberField } from "./Field";
import type { PartProps, Threshold } from "./terms";

/** From how much on a coupon may be used, and of what. */
export function ThresholdFields({ value, onChange }: PartProps<Threshold>) {
  const { t } = useTranslation();
  const least = {
    label: t("coupons.form.least"),
    help: t("coupons.form.leastHelp"),
    pointer: "/threshold/least",
    value: value.least ?? 0,
    onChange: (next: number | null) => onChange({ ...value, least: next ?? 0 }),
    min: 0,
  };
  return (
    <div className={styles.fields}>
      <Field label={t("coupons.form.thresholdCounts")} pointer="/threshold/counts">
        <Segmented
          value={value.counts ?? "amount"}
          onChange={(counts) => onChange({ ...value, counts, least: 0 })}
          options={(["amount", "pieces"] as const).map((one) => ({
            value: one,
            label: t(`coupons.form.${one}`),
          }))}
        />
      </Field>
      {value.counts === "pieces" ? <NumberField {...least} /> : <MoneyField {...least} />}
      <Field label={t("coupons.form.thresholdOf")} pointer="/threshold/of">
        <Segmented
          value={value.of ?? "eligible"}
          onChange={(of) => onChange({ ...value, of })}
          options={(["eligible", "order"] as const).map((one) => ({
            value: one,
            label: t(`coupons.form.${one}`),
          }))}
        />
      </Field>
    </div>
  );
}

import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useStacking } from "../../../api/coupons";
import { Card } from "../../../kit/Card";
import { useFormat } from "../../../kit/useFormat";
import styles from "../coupons.module.css";
import { DiscountFields } from "./DiscountFields";
import { Field } from "./Field";
import { RefundFields, TransferFields } from "./RefundFields";
import { ScopeFields } from "./ScopeFields";
import { TextFields } from "./TextFields";
import { ThresholdFields } from "./ThresholdFields";
import type { Discount, PartProps, TermsValue } from "./terms";
import { ValidityFields } from "./ValidityFields";

const start: Discount = { kind: "amount_off" };

/** Everything that a coupon promises, section by section. */
export function TermsForm({ value, onChange }: PartProps<TermsValue>) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const stacking = useStacking();
  return (
    <>
      <Card title={t("coupons.form.what")}>
        <DiscountFields
          value={value.discount ?? start}
          onChange={(discount) => onChange({ ...value, discount })}
        />
      </Card>
      <Card title={t("coupons.form.threshold")}>
        <ThresholdFields
          value={value.threshold ?? {}}
          onChange={(threshold) => onChange({ ...value, threshold })}
        />
      </Card>
      <Card title={t("coupons.form.validity")}>
        <ValidityFields
          value={value.validity ?? {}}
          onChange={(validity) => onChange({ ...value, validity })}
        />
      </Card>
      <Card title={t("coupons.form.scope")} note={t("coupons.form.scopeHelp")}>
        <ScopeFields value={value.scope ?? {}} onChange={(scope) => onChange({ ...value, scope })} />
      </Card>
      <Card title={t("coupons.form.refund")}>
        <RefundFields
          value={value.on_refund ?? {}}
          onChange={(on_refund) => onChange({ ...value, on_refund })}
        />
      </Card>
      <Card title={t("coupons.form.transfer")}>
        <TransferFields
          value={value.transfer ?? {}}
          onChange={(transfer) => onChange({ ...value, transfer })}
        />
      </Card>
      <Card title={t("coupons.form.group")}>
        <div className={styles.fields}>
          <Field label={t("coupons.stacking.name")} help={t("coupons.form.groupHelp")} pointer="/category">
            <Select
              id="/category"
              value={value.category ?? "general"}
              onChange={(category) => onChange({ ...value, category })}
              options={stacking.data?.stacking.groups.map((one) => ({
                value: one.category,
                label: name({ zh: one.name_zh, en: one.name_en }),
              }))}
            />
          </Field>
        </div>
      </Card>
      <Card title={t("coupons.form.texts")}>
        <TextFields value={value.texts ?? {}} onChange={(texts) => onChange({ ...value, texts })} />
      </Card>
    </>
  );
}

import { Form, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { minorDigits } from "../../../kit/format";
import styles from "../coupons.module.css";
import { firstDiscount, type Kind, kinds } from "../kinds";
import { useForm } from "./context";
import { Field, MoneyField, NumberField } from "./Field";
import { ProductPicker } from "./pickers";
import { StepFields } from "./StepFields";
import type { Discount, PartProps } from "./terms";

/** What a coupon takes off. */
export function DiscountFields({ value, onChange }: PartProps<Discount>) {
  const { t } = useTranslation();
  const { money } = useForm();
  return (
    <>
      <Form.Item
        label={t("coupons.form.kind")}
        htmlFor="coupon-kind"
        extra={t(`coupons.kindHelp.${value.kind}`)}
      >
        <Select<Kind>
          id="coupon-kind"
          value={value.kind}
          onChange={(kind) => onChange(firstDiscount(kind, 10 ** minorDigits(money)) as unknown as Discount)}
          options={kinds.map((kind) => ({ value: kind, label: t(`coupons.kind.${kind}`) }))}
        />
      </Form.Item>
      {value.kind === "steps" ? (
        <StepFields value={value.steps ?? []} onChange={(steps) => onChange({ ...value, steps })} />
      ) : (
        <div className={styles.fields}>
          <OfKind value={value} onChange={onChange} />
        </div>
      )}
    </>
  );
}

function OfKind({ value, onChange }: PartProps<Discount>) {
  const { t } = useTranslation();
  const unlimited = t("coupons.form.unlimited");
  const number = (name: "percent" | "most_pieces" | "pieces" | "nth" | "most_times") => ({
    pointer: `/discount/${name}`,
    value: value[name],
    onChange: (next: number | null) => onChange({ ...value, [name]: next }),
    min: 1,
  });
  const money = (name: "off_minor" | "most_minor" | "price_minor") => ({
    pointer: `/discount/${name}`,
    value: value[name],
    onChange: (next: number | null) => onChange({ ...value, [name]: next }),
    min: 0,
  });
  const most = (
    <MoneyField label={t("coupons.form.mostOff")} placeholder={unlimited} {...money("most_minor")} />
  );
  switch (value.kind) {
    case "amount_off":
      return (
        <>
          <MoneyField label={t("coupons.form.off")} {...money("off_minor")} />
          <Field
            label={t("coupons.form.repeats")}
            help={t("coupons.form.repeatsHelp")}
            pointer="/discount/repeats"
          >
            <Switch
              id="/discount/repeats"
              checked={value.repeats ?? false}
              onChange={(repeats) => onChange({ ...value, repeats })}
            />
          </Field>
          {value.repeats && most}
        </>
      );
    case "percent_off":
      return (
        <>
          <NumberField
            label={t("coupons.form.percent")}
            help={t("coupons.form.percentHelp")}
            max={100}
            suffix="%"
            {...number("percent")}
          />
          {most}
        </>
      );
    case "fixed_price":
      return (
        <>
          <MoneyField label={t("coupons.form.price")} {...money("price_minor")} />
          <NumberField
            label={t("coupons.form.mostPieces")}
            placeholder={unlimited}
            {...number("most_pieces")}
          />
        </>
      );
    case "gift":
      return (
        <>
          <Field
            isWide
            label={t("coupons.form.giftProducts")}
            help={t("coupons.form.codesHelp")}
            pointer="/discount/products"
          >
            <ProductPicker
              id="/discount/products"
              value={value.products}
              onChange={(products) => onChange({ ...value, products })}
            />
          </Field>
          <NumberField label={t("coupons.form.giftPieces")} {...number("pieces")} />
          <MoneyField
            label={t("coupons.form.giftPrice")}
            help={t("coupons.form.giftPriceHelp")}
            {...money("price_minor")}
          />
        </>
      );
    case "nth_item":
      return (
        <>
          <NumberField label={t("coupons.form.nth")} {...number("nth")} min={2} max={20} />
          <NumberField label={t("coupons.form.nthPercent")} max={100} suffix="%" {...number("percent")} />
          <NumberField
            label={t("coupons.form.mostTimes")}
            placeholder={unlimited}
            {...number("most_times")}
          />
        </>
      );
    default:
      return most;
  }
}

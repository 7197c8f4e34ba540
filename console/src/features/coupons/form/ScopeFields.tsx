import { useTranslation } from "react-i18next";
import styles from "../coupons.module.css";
import { Field } from "./Field";
import { MembersField } from "./MembersField";
import { GroupPicker, ProductPicker, SourcePicker, StorePicker, TierPicker } from "./pickers";
import type { PartProps, Scope } from "./terms";

/** What, where and for whom. */
export function ScopeFields({ value, onChange }: PartProps<Scope>) {
  const { t } = useTranslation();
  const list = (name: Exclude<keyof Scope, "members">) => ({
    id: `/scope/${name}`,
    value: value[name],
    onChange: (next: string[]) => onChange({ ...value, [name]: next }),
    placeholder: t(name.startsWith("not_") ? "coupons.form.noneExcluded" : "coupons.form.unlimited"),
  });
  return (
    <div className={styles.fields}>
      <Field label={t("coupons.form.products")} pointer="/scope/products" help={t("coupons.form.codesHelp")}>
        <ProductPicker {...list("products")} />
      </Field>
      <Field label={t("coupons.form.categories")} pointer="/scope/categories">
        <GroupPicker of="categories" {...list("categories")} />
      </Field>
      <Field label={t("coupons.form.brands")} pointer="/scope/brands">
        <GroupPicker of="brands" {...list("brands")} />
      </Field>
      <Field label={t("coupons.form.notProducts")} pointer="/scope/not_products">
        <ProductPicker {...list("not_products")} />
      </Field>
      <Field label={t("coupons.form.notCategories")} pointer="/scope/not_categories">
        <GroupPicker of="categories" {...list("not_categories")} />
      </Field>
      <Field label={t("coupons.form.notBrands")} pointer="/scope/not_brands">
        <GroupPicker of="brands" {...list("not_brands")} />
      </Field>
      <Field label={t("coupons.form.stores")} pointer="/scope/stores">
        <StorePicker {...list("stores")} />
      </Field>
      <Field label={t("coupons.form.sources")} pointer="/scope/sources" help={t("coupons.form.sourcesHelp")}>
        <SourcePicker {...list("sources")} />
      </Field>
      <Field label={t("coupons.form.tiers")} pointer="/scope/tiers">
        <TierPicker {...list("tiers")} />
      </Field>
      <Field isWide label={t("coupons.form.members")} pointer="/scope/members">
        <MembersField value={value.members ?? null} onChange={(members) => onChange({ ...value, members })} />
      </Field>
    </div>
  );
}

import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { Stacking } from "../../../api/coupons";
import { Card } from "../../../kit/Card";
import styles from "../coupons.module.css";
import { Field, MoneyField, NumberField } from "../form/Field";
import type { PartProps } from "../form/terms";

/** What holds for the whole order. */
export function OrderRules({ value, onChange }: PartProps<Stacking>) {
  const { t } = useTranslation();
  return (
    <Card title={t("coupons.stacking.order")}>
      <div className={styles.fields}>
        <NumberField
          label={t("coupons.stacking.mostOfOrder")}
          pointer="/most"
          value={value.most}
          onChange={(most) => onChange({ ...value, most: most ?? 1 })}
          min={1}
          max={20}
        />
        <MoneyField
          label={t("coupons.stacking.floor")}
          help={t("coupons.stacking.floorHelp")}
          pointer="/floor_minor"
          value={value.floor_minor}
          onChange={(floor) => onChange({ ...value, floor_minor: floor ?? 0 })}
          min={0}
        />
        <Field isWide label={t("coupons.stacking.base")} pointer="/base">
          <Radio.Group
            vertical
            value={value.base}
            onChange={({ target }) => onChange({ ...value, base: target.value })}
            options={(["after", "before"] as const).map((base) => ({
              value: base,
              label: t(`coupons.stacking.bases.${base}`),
            }))}
          />
        </Field>
      </div>
    </Card>
  );
}

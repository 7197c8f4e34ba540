import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import styles from "../coupons.module.css";
import { Field, MoneyInput } from "./Field";
import type { PartProps, Step } from "./terms";

/** Steps: from so much on, so much off. */
export function StepFields({ value, onChange }: PartProps<Step[]>) {
  const { t } = useTranslation();
  const change = (place: number, next: Partial<Step>) =>
    onChange(value.map((step, number) => (number === place ? { ...step, ...next } : step)));
  return (
    <Field label={t("coupons.kind.steps")} pointer="/discount/steps">
      <div className={styles.items}>
        {value.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
          <div key={place} className={styles.item}>
            <span>{t("coupons.form.stepFrom")}</span>
            <span className={styles.amount}>
              <MoneyInput
                label={t("coupons.form.stepFrom")}
                value={step.from_minor}
                onChange={(from_minor) => change(place, { from_minor })}
              />
            </span>
            <span>{t("coupons.form.stepOff")}</span>
            <span className={styles.amount}>
              <MoneyInput
                label={t("coupons.form.stepOff")}
                value={step.off_minor}
                onChange={(off_minor) => change(place, { off_minor })}
              />
            </span>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("coupons.form.removeStep")}
              disabled={value.length === 1}
              onClick={() => onChange(value.filter((_step, number) => number !== place))}
            />
          </div>
        ))}
        {value.length < 20 && (
          <span>
            <Button
              icon={<PlusOutlined />}
              onClick={() => {
                const last = value.at(-1);
                onChange([
                  ...value,
                  { from_minor: (last?.from_minor ?? 0) * 2, off_minor: (last?.off_minor ?? 0) * 2 },
                ]);
              }}
            >
              {t("coupons.form.addStep")}
            </Button>
          </span>
        )}
      </div>
    </Field>
  );
}

import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import styles from "../coupons.module.css";
import { Field } from "./Field";
import type { PartProps, Texts } from "./terms";

/** What members read. */
export function TextFields({ value, onChange }: PartProps<Texts>) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      {(["zh", "en"] as const).map((language) => (
        <Field
          key={language}
          label={t(language === "zh" ? "coupons.form.titleZh" : "coupons.form.titleEn")}
          pointer={`/texts/title/${language}`}
        >
          <Input
            id={`/texts/title/${language}`}
            maxLength={100}
            value={value.title?.[language]}
            onChange={({ target }) =>
              onChange({ ...value, title: { ...value.title, [language]: target.value } })
            }
          />
        </Field>
      ))}
      {(["zh", "en"] as const).map((language) => (
        <Field
          key={language}
          label={t(language === "zh" ? "coupons.form.rulesZh" : "coupons.form.rulesEn")}
          pointer={`/texts/rules/${language}`}
        >
          <Input.TextArea
            id={`/texts/rules/${language}`}
            maxLength={2000}
            autoSize={{ minRows: 3, maxRows: 10 }}
            value={value.rules?.[language]}
            onChange={({ target }) =>
              onChange({ ...value, rules: { ...value.rules, [language]: target.value } })
            }
          />
        </Field>
      ))}
      <Field isWide label={t("coupons.form.pictures")} pointer="/texts/pictures">
        <Select
          id="/texts/pictures"
          mode="tags"
          open={false}
          suffixIcon={null}
          maxCount={5}
          className={styles.full}
          tokenSeparators={[" ", "\n"]}
          value={value.pictures ?? []}
          onChange={(pictures: string[]) => onChange({ ...value, pictures })}
        />
      </Field>
    </div>
  );
}

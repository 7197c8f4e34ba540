import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { MergePreview, Side } from "../../../api/merges";
import { useFormat } from "../../../kit/useFormat";
import styles from "./merging.module.css";

interface Props {
  fields: MergePreview["fields"];
  choices: Record<string, Side>;
  onChoose: (field: string, side: Side) => void;
}

const known = ["name", "gender", "birthday", "language", "address"] as const;

/** Where both have a value and they differ, somebody chooses; the rest is told. */
export function FieldChoices({ fields, choices, onChoose }: Props) {
  const { t } = useTranslation();
  const { monthDay } = useFormat();
  if (fields.length === 0) return null;
  const label = (field: string) => {
    const mine = known.find((one) => one === field);
    return mine ? t(`merges.fields.${mine}`) : field;
  };
  const value = (field: string, text: string | null) => {
    if (text === null) return t("kit.none");
    if (field === "birthday") return monthDay(text);
    return field === "gender" && (text === "female" || text === "male")
      ? t(`members.profile.gender.${text}`)
      : text;
  };
  return (
    <>
      <h3 className={styles.heading}>{t("merges.profile")}</h3>
      <ul className={styles.fields}>
        {fields.map((one) => (
          <li key={one.field}>
            <span className={styles.fieldName}>{label(one.field)}</span>
            {one.is_open ? (
              <Radio.Group
                aria-label={label(one.field)}
                value={choices[one.field] ?? "survivor"}
                onChange={(event) => onChoose(one.field, event.target.value as Side)}
                options={[
                  { value: "survivor", label: value(one.field, one.survivor) },
                  { value: "absorbed", label: value(one.field, one.absorbed) },
                ]}
              />
            ) : (
              <span>{value(one.field, one.after)}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

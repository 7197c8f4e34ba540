import { useTranslation } from "react-i18next";
import type { CustomField } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";

/** A value of a custom field as people read it. */
export function useTold(): (field: CustomField, value: unknown) => string {
  const { t } = useTranslation();
  const { name, money, day } = useFormat();
  return (field, value) => {
    if (value === undefined || value === null) return t("kit.none");
    if (field.is_personal) return t("customFields.values.hidden");
    const choice = (code: string) => {
      const found = field.choices.find((one) => one.code === code);
      return found ? name(found.name) : code;
    };
    switch (field.kind) {
      case "money":
        return money(Number(value));
      case "date":
        return day(String(value));
      case "boolean":
        return t(value ? "customFields.values.yes" : "customFields.values.no");
      case "choice":
        return choice(String(value));
      case "choices":
        return (value as string[]).map(choice).join(t("kit.and"));
      default:
        return String(value);
    }
  };
}

import type { CustomField, CustomFieldChange, CustomFieldKind } from "../../api/contract";

/** The settings of a field as the form holds them: flat, and empty where nothing is said. */
export interface Values {
  key: string;
  kind: CustomFieldKind;
  label_zh: string;
  label_en: string;
  help_zh: string;
  help_en: string;
  group_zh: string;
  group_en: string;
  is_required: boolean;
  is_personal: boolean;
  is_filterable: boolean;
  shortest: number | null;
  longest: number | null;
  low: string | number | null;
  high: string | number | null;
  pattern: string;
  choices: { code: string; zh: string; en: string; is_archived?: boolean }[];
}

export function startOf(field: CustomField | null): Values {
  return {
    key: field?.key ?? "",
    kind: field?.kind ?? "text",
    label_zh: field?.label.zh ?? "",
    label_en: field?.label.en ?? "",
    help_zh: field?.help.zh ?? "",
    help_en: field?.help.en ?? "",
    group_zh: field?.group.zh ?? "",
    group_en: field?.group.en ?? "",
    is_required: field?.is_required ?? false,
    is_personal: field?.is_personal ?? false,
    is_filterable: false,
    shortest: field?.limits.shortest ?? null,
    longest: field?.limits.longest ?? null,
    low: bound(field?.kind, field?.limits.low),
    high: bound(field?.kind, field?.limits.high),
    pattern: field?.limits.pattern ?? "",
    choices: field?.choices.map(({ code, name, is_archived }) => ({ code, ...name, is_archived })) ?? [],
  };
}

/** An amount is a number in its field; every other bound is text. */
function bound(kind: CustomFieldKind | undefined, value: string | null | undefined): string | number | null {
  if (value === null || value === undefined) return null;
  return kind === "money" ? Number(value) : value;
}

export function changeOf(values: Values, kind: CustomFieldKind): CustomFieldChange {
  const text = (value: string | undefined) => (value ?? "").trim();
  const side = (value: string | number | null | undefined) =>
    value === null || value === undefined || value === "" ? null : String(value);
  const isChoice = kind === "choice" || kind === "choices";
  return {
    label: { zh: text(values.label_zh), en: text(values.label_en) },
    help: { zh: text(values.help_zh), en: text(values.help_en) },
    group: { zh: text(values.group_zh), en: text(values.group_en) },
    is_required: values.is_required ?? false,
    limits: {
      shortest: values.shortest ?? null,
      longest: values.longest ?? null,
      low: side(values.low),
      high: side(values.high),
      pattern: text(values.pattern) || null,
    },
    choices: isChoice
      ? (values.choices ?? []).map((one) => ({
          code: text(one?.code),
          name: { zh: text(one?.zh), en: text(one?.en) },
          is_archived: one?.is_archived ?? false,
        }))
      : [],
  };
}

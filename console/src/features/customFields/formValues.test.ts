import { expect, test } from "vitest";
import type { CustomField } from "../../api/contract";
import { changeOf, startOf } from "./formValues";

const field: CustomField = {
  key: "metal",
  kind: "choices",
  label: { zh: "金属", en: "Metal" },
  help: { zh: "", en: "" },
  group: { zh: "偏好", en: "Taste" },
  is_required: true,
  is_personal: false,
  is_archived: false,
  limits: { shortest: null, longest: null, low: null, high: null, pattern: null },
  choices: [{ code: "gold", name: { zh: "金", en: "Gold" }, is_archived: true }],
  default: null,
  index_state: "none",
  index_progress: 0,
  index_problem: null,
  version: 1,
};

test("a form that nobody touched changes nothing", () => {
  const { label, help, group, is_required, limits, choices } = field;

  expect(changeOf(startOf(field), field.kind)).toEqual({ label, help, group, is_required, limits, choices });
});

test("choices belong to fields to choose from alone, and bounds are told as text", () => {
  const values = { ...startOf(field), low: 100, high: "" };

  const change = changeOf(values, "money");

  expect(change.choices).toEqual([]);
  expect(change.limits).toMatchObject({ low: "100", high: null });
});

import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { type Condition, ConditionBuilder } from "../../../kit/conditions";

interface Props {
  scope: "earning" | "lines";
  value: unknown;
  onChange: (value: unknown) => void;
}

/** No condition, or one that is put together. */
export function ConditionField({ scope, value, onChange }: Props) {
  const { t } = useTranslation();
  const condition = (value ?? null) as Condition | null;
  const isAudience = scope === "earning";
  return (
    <div>
      <Segmented
        value={condition ? "set" : "none"}
        onChange={(chosen) =>
          onChange(chosen === "none" ? null : { combinator: "and", not: false, rules: [] })
        }
        options={[
          { value: "none", label: t(isAudience ? "rules.form.everybody" : "rules.form.whenNone") },
          { value: "set", label: t(isAudience ? "rules.form.some" : "rules.form.whenSet") },
        ]}
      />
      {condition && (
        <div style={{ marginTop: 8 }}>
          <ConditionBuilder
            scope={scope}
            value={condition}
            onChange={(next) => onChange(next ?? { combinator: "and", not: false, rules: [] })}
          />
        </div>
      )}
    </div>
  );
}

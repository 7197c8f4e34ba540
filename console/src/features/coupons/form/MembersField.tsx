import { Segmented } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "../../../kit/conditions";
import { Waiting } from "../../../kit/Waiting";
import styles from "../coupons.module.css";
import type { PartProps } from "./terms";

const Builder = lazy(() =>
  import("../../../kit/conditions").then((file) => ({ default: file.ConditionBuilder })),
);
const nobodyYet: Condition = { combinator: "and", not: false, rules: [] };

/** All members, or those whom a condition holds for. */
export function MembersField({ value, onChange }: PartProps<Condition | null>) {
  const { t } = useTranslation();
  return (
    <div className={styles.stack} style={{ gap: 8 }}>
      <span>
        <Segmented
          value={value ? "some" : "all"}
          onChange={(chosen) => onChange(chosen === "all" ? null : nobodyYet)}
          options={[
            { value: "all", label: t("coupons.form.everybody") },
            { value: "some", label: t("coupons.form.some") },
          ]}
        />
      </span>
      {value && (
        <Suspense fallback={<Waiting rows={2} minHeight={80} />}>
          <Builder scope="members" value={value} onChange={(next) => onChange(next ?? nobodyYet)} />
        </Suspense>
      )}
    </div>
  );
}

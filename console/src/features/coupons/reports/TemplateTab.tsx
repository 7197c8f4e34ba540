import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSystem } from "../../../api/system";
import { PeriodPicker, type PeriodState } from "../../../kit/PeriodPicker";
import { Board } from "./Board";
import type { By } from "./figures";
import { daysOf, presets } from "./period";
import styles from "./reports.module.css";

const ways = ["store", "channel", "day"] as const satisfies readonly By[];

/** The figures of one template, on its own page. */
export function TemplateTab({ template }: { template: { code: string } }) {
  const { t } = useTranslation();
  const { data: system } = useSystem();
  const [state, setState] = useState<PeriodState>({ period: "quarter", from: "", to: "" });
  const [by, setBy] = useState<By>("store");
  const days = daysOf(state, system?.today ?? new Date().toISOString().slice(0, 10));
  return (
    <div className={styles.page}>
      <div className={styles.tools}>
        <PeriodPicker
          label={t("couponReports.period.label")}
          customLabel={t("couponReports.period.custom")}
          options={presets.map((preset) => ({ value: preset, label: t(`couponReports.period.${preset}`) }))}
          state={state}
          patch={(change) => setState((before) => ({ ...before, ...change }))}
        />
      </div>
      <Board query={{ ...days, template: template.code }} ways={ways} by={by} onBy={setBy} />
    </div>
  );
}

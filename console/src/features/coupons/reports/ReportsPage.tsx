import { BarChartOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useCouponReport } from "../../../api/couponReports";
import { useSystem } from "../../../api/system";
import { Card } from "../../../kit/Card";
import { EmptyState } from "../../../kit/EmptyState";
import { Page } from "../../../kit/Page";
import { PeriodPicker } from "../../../kit/PeriodPicker";
import { StoreSelect } from "../../../kit/StoreSelect";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import { Board } from "./Board";
import { isNothing, usePlaceName, ways } from "./figures";
import { daysOf, presets } from "./period";
import styles from "./reports.module.css";

const defaults = {
  period: "quarter",
  from: "",
  to: "",
  template: "",
  store: "",
  channel: "",
  by: "template",
};

export function ReportsPage() {
  const { t } = useTranslation();
  const { day } = useFormat();
  const { data: system } = useSystem();
  const [state, patch] = useUrlState(defaults);
  const days = daysOf(state, system?.today ?? new Date().toISOString().slice(0, 10));
  const by = ways.find((one) => one === state.by) ?? "template";
  // Of the whole period: what there is to choose from, and whether there is anything at all.
  const all = useCouponReport({ ...days, by: "template" });
  const narrowed = {
    ...days,
    ...(state.template && { template: state.template }),
    ...(state.store && { store: Number(state.store) }),
    ...(state.channel && { channel: state.channel }),
  };
  return (
    <Page
      title={t("couponReports.title")}
      purpose={
        <>
          {t("couponReports.purpose")}
          {all.data && (
            <span className="aside num">
              {t("couponReports.days", { from: day(all.data.period.from), to: day(all.data.period.to) })}
            </span>
          )}
        </>
      }
      action={
        <PeriodPicker
          label={t("couponReports.period.label")}
          customLabel={t("couponReports.period.custom")}
          options={presets.map((preset) => ({ value: preset, label: t(`couponReports.period.${preset}`) }))}
          state={state}
          patch={patch}
        />
      }
    >
      {all.data && isNothing(all.data.total) ? (
        <Card>
          <EmptyState
            icon={<BarChartOutlined />}
            title={t("couponReports.empty.title")}
            hint={t("couponReports.empty.hint")}
          />
        </Card>
      ) : (
        <>
          <div className={styles.tools}>
            <Choice
              label={t("couponReports.filter.template")}
              by="template"
              days={days}
              value={state.template}
              onChange={(template) => patch({ template })}
            />
            <StoreSelect value={state.store} onChange={(store) => patch({ store })} />
            <Choice
              label={t("couponReports.filter.channel")}
              by="channel"
              days={days}
              value={state.channel}
              onChange={(channel) => patch({ channel })}
            />
          </div>
          <Board query={narrowed} ways={ways} by={by} onBy={(next) => patch({ by: next })} />
        </>
      )}
    </Page>
  );
}

interface ChoiceProps {
  label: string;
  by: "template" | "channel";
  days: { from?: string; to?: string };
  value: string;
  onChange: (value: string) => void;
}

/** Narrows the report to one of what had figures in the period. */
function Choice({ label, by, days, value, onChange }: ChoiceProps) {
  const placeName = usePlaceName();
  const { data } = useCouponReport({ ...days, by });
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      className={styles.select}
      aria-label={label}
      placeholder={label}
      value={value || undefined}
      onChange={(next?: string) => onChange(next ?? "")}
      popupMatchSelectWidth={false}
      options={data?.items
        .filter((one) => one.key !== null)
        .map((one) => ({ value: one.key ?? "", label: placeName(by, one) }))}
    />
  );
}

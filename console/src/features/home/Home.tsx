import { BarChartOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../api/contract";
import { useDashboard } from "../../api/dashboard";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { PeriodPicker } from "../../kit/PeriodPicker";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useUrlState } from "../../kit/useUrlState";
import { Checklist } from "../tour/Checklist";
import { Board } from "./board/Board";
import { BoardActions } from "./board/BoardActions";
import { useBoard } from "./board/useBoard";
import styles from "./home.module.css";
import { comparisonOf, comparisons, periodDefaults, periodOf, presets } from "./period";

export function Home() {
  const { t } = useTranslation();
  const { data: system } = useSystem();
  const [state, patch] = useUrlState({ ...periodDefaults, compare: "" });
  const comparison = comparisonOf(state.compare);
  const today = system?.today ?? new Date().toISOString().slice(0, 10);
  const dashboard = useDashboard(periodOf(state, today), comparison);
  const board = useBoard();
  const picture = useRef<HTMLDivElement>(null);
  const isShown = dashboard.data && !isEmpty(dashboard.data);
  return (
    <Page
      title={t("home.title")}
      purpose={<Days dashboard={dashboard.data} />}
      action={
        <div className={styles.bar}>
          {!board.isEditing && (
            <>
              <PeriodPicker
                label={t("home.period.label")}
                customLabel={t("home.period.custom")}
                options={presets.map((preset) => ({ value: preset, label: t(`home.period.${preset}`) }))}
                state={state}
                patch={patch}
              />
              <Select
                aria-label={t("home.compare.label")}
                value={comparison}
                onChange={(compare) => patch({ compare: compare === "previous" ? "" : compare })}
                options={comparisons.map((value) => ({ value, label: t(`home.compare.${value}`) }))}
                popupMatchSelectWidth={false}
              />
            </>
          )}
          {isShown && (
            <BoardActions
              board={board}
              dashboard={dashboard.data}
              comparison={comparison}
              picture={picture}
            />
          )}
        </div>
      }
    >
      <Checklist />
      <Refusal error={board.error} />
      <Loaded of={dashboard} isPage rows={14} minHeight={600}>
        {(data) => (
          <div ref={picture} className={styles.page} data-refreshing={dashboard.isPlaceholderData}>
            {isEmpty(data) ? <Nothing /> : <Board board={board} dashboard={data} comparison={comparison} />}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function isEmpty(data: Dashboard): boolean {
  return !data.figures.members.value && !data.figures.orders.value && !data.figures.orders.previous;
}

/** The days on the page, and those beside them. */
function Days({ dashboard }: { dashboard: Dashboard | undefined }) {
  const { t } = useTranslation();
  const { day } = useFormat();
  if (!dashboard) return t("home.purpose");
  const { period, previous } = dashboard;
  const days = { from: day(period.from), to: day(period.to) };
  if (!previous) return t("home.period.alone", days);
  return t("home.period.compared", {
    ...days,
    previousFrom: day(previous.from),
    previousTo: day(previous.to),
  });
}

function Nothing() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Card>
      <EmptyState
        icon={<BarChartOutlined />}
        title={t("home.empty.title")}
        hint={t("home.empty.hint")}
        action={
          <Button type="primary" onClick={() => go("/settings/imports")}>
            {t("home.empty.action")}
          </Button>
        }
      />
    </Card>
  );
}

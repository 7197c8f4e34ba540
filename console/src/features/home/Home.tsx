import { BarChartOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../api/contract";
import { useDashboard } from "../../api/dashboard";
import { useRfm } from "../../api/rfm";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { PeriodPicker } from "../../kit/PeriodPicker";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useUrlState } from "../../kit/useUrlState";
import { RfmMap } from "../rfm/RfmMap";
import { Figures } from "./Figures";
import styles from "./home.module.css";
import { NewMembersChart } from "./NewMembersChart";
import { PointsChart } from "./PointsChart";
import { periodDefaults, periodOf, presets } from "./period";
import { Repurchase } from "./Repurchase";
import { SalesChart } from "./SalesChart";
import { TierShares } from "./TierShares";
import { TopStores } from "./TopStores";

export function Home() {
  const { t } = useTranslation();
  const { day } = useFormat();
  const { data: system } = useSystem();
  const [state, patch] = useUrlState(periodDefaults);
  const dashboard = useDashboard(periodOf(state, system?.today ?? new Date().toISOString().slice(0, 10)));
  const period = dashboard.data;
  return (
    <Page
      title={t("home.title")}
      purpose={
        period
          ? t("home.period.compared", {
              from: day(period.period.from),
              to: day(period.period.to),
              previousFrom: day(period.previous.from),
              previousTo: day(period.previous.to),
            })
          : t("home.purpose")
      }
      action={
        <PeriodPicker
          label={t("home.period.label")}
          customLabel={t("home.period.custom")}
          options={presets.map((preset) => ({ value: preset, label: t(`home.period.${preset}`) }))}
          state={state}
          patch={patch}
        />
      }
    >
      <Loaded of={dashboard} isPage rows={14} minHeight={600}>
        {(data) => (
          <div className={styles.page} data-refreshing={dashboard.isPlaceholderData}>
            {isEmpty(data) ? <Nothing /> : <Board dashboard={data} />}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function isEmpty(data: Dashboard): boolean {
  return !data.figures.members.value && !data.figures.orders.value && !data.figures.orders.previous;
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

function Board({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  return (
    <>
      <Figures dashboard={dashboard} />
      <div className={styles.grid}>
        <Card className={styles.wide} title={t("home.chart.sales")} note={t("home.chart.salesNote")}>
          <SalesChart dashboard={dashboard} />
        </Card>
        <Card className={styles.slim} title={t("home.chart.tiers")} note={t("home.chart.tiersNote")}>
          <TierShares dashboard={dashboard} />
        </Card>
        <Card className={styles.half} title={t("home.chart.points")} note={t("home.chart.pointsNote")}>
          <PointsChart dashboard={dashboard} />
        </Card>
        <Card
          className={styles.half}
          title={t("home.chart.newMembers")}
          note={t("home.chart.newMembersNote")}
        >
          <NewMembersChart dashboard={dashboard} />
        </Card>
        <MapCard />
        <div className={`${styles.half} ${styles.column}`}>
          <Card title={t("home.chart.repurchase")} note={t("home.chart.repurchaseNote")}>
            <Repurchase dashboard={dashboard} />
          </Card>
          <Card className={styles.grow} title={t("home.chart.stores")} note={t("home.chart.storesNote")}>
            <TopStores dashboard={dashboard} />
          </Card>
        </div>
      </div>
    </>
  );
}

function MapCard() {
  const { t } = useTranslation();
  const rfm = useRfm();
  return (
    <Card className={styles.half} title={t("home.chart.rfm")} note={t("home.chart.rfmNote")}>
      <Loaded of={rfm} minHeight={360}>
        {(data) => <RfmMap rfm={data} />}
      </Loaded>
    </Card>
  );
}

import { TrophyOutlined } from "@ant-design/icons";
import { Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Ranked, Ranking, RankingSort } from "../../api/contract";
import { type RankingOf, useRanking } from "../../api/rankings";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { PeriodPicker } from "../../kit/PeriodPicker";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { periodOf, presets } from "../home/period";
import { RankingChart } from "./RankingChart";
import styles from "./rankings.module.css";
import { useFigure } from "./useFigure";

export const figures = [
  "net_sales_minor",
  "members_gained",
  "orders",
  "average_order_minor",
  "returning_share",
] as const satisfies readonly RankingSort[];

const defaults = { of: "stores", sort: "net_sales_minor", period: "month", from: "", to: "" };

export function RankingsPage() {
  const { t } = useTranslation();
  const { day } = useFormat();
  const { data: system } = useSystem();
  const [state, patch] = useUrlState(defaults);
  const of: RankingOf = state.of === "employees" ? "employees" : "stores";
  const sort = figures.find((one) => one === state.sort) ?? "net_sales_minor";
  const ranking = useRanking(of, periodOf(state, system?.today ?? ""), sort);
  const found = ranking.data;
  return (
    <Page
      title={t("rankings.title")}
      purpose={
        found
          ? t("rankings.compared", {
              from: day(found.period.from),
              to: day(found.period.to),
              previousFrom: day(found.previous.from),
              previousTo: day(found.previous.to),
            })
          : t("rankings.purpose")
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
      <div className={styles.tools}>
        <Segmented
          value={of}
          onChange={(next) => patch({ of: String(next) })}
          options={(["stores", "employees"] as const).map((value) => ({
            value,
            label: t(`rankings.${value}`),
          }))}
        />
        <Select
          aria-label={t("rankings.by")}
          value={sort}
          onChange={(next: RankingSort) => patch({ sort: next })}
          popupMatchSelectWidth={false}
          options={figures.map((value) => ({ value, label: t(`rankings.figure.${value}`) }))}
        />
        <span className={styles.quiet}>{t(`rankings.explain.${sort}`)}</span>
      </div>
      <Loaded of={ranking} isPage rows={12} minHeight={480}>
        {(data) =>
          data.items.length === 0 ? (
            <Card>
              <EmptyState
                icon={<TrophyOutlined />}
                title={t("rankings.empty.title")}
                hint={t("rankings.empty.hint")}
              />
            </Card>
          ) : (
            <div className={styles.page} data-refreshing={ranking.isPlaceholderData}>
              <Card title={t("rankings.chart", { figure: t(`rankings.figure.${sort}`) })}>
                <RankingChart ranking={data} />
              </Card>
              <Card isFlush>
                <RankingTable ranking={data} of={of} onSort={(next) => patch({ sort: next })} />
              </Card>
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

interface TableProps {
  ranking: Ranking;
  of: RankingOf;
  onSort: (sort: string) => void;
}

function RankingTable({ ranking, of, onSort }: TableProps) {
  const { t } = useTranslation();
  const figure = useFigure(ranking.currency);
  const { period } = ranking;
  const name = (one: Ranked) => (
    <span className={styles.name} data-gone={!one.is_active} title={one.is_active ? "" : t("rankings.gone")}>
      {of === "stores" ? (
        <Go to={`/sales/orders?store=${one.id}&from=${period.from}&to=${period.to}`}>{one.name}</Go>
      ) : (
        one.name
      )}
    </span>
  );
  const columns: Column<Ranked>[] = [
    { key: "rank", title: t("rankings.column.rank"), width: 120, render: (one) => <Place ranked={one} /> },
    {
      key: "name",
      title: t(of === "stores" ? "rankings.column.store" : "rankings.column.employee"),
      isFixed: true,
      render: name,
    },
    {
      key: "note",
      title: t(of === "stores" ? "rankings.column.region" : "rankings.column.ofStore"),
      render: (one) => one.note ?? t("kit.none"),
    },
    ...figures.map((key) => ({
      key,
      title: t(`rankings.figure.${key}`),
      isNumber: true,
      sortField: key,
      render: (one: Ranked) => (
        <>
          {figure(key, one.now[key])}
          <div className={styles.quiet}>{figure(key, one.previous?.[key] ?? null)}</div>
        </>
      ),
    })),
  ];
  return (
    <DataTable
      rows={ranking.items}
      columns={columns}
      rowKey={(one) => one.id}
      sort={`-${ranking.sort}`}
      onSort={(sort) => onSort(sort.replace("-", "") || ranking.sort)}
      card={(one) => (
        <div className={styles.card}>
          <Place ranked={one} />
          <span>{name(one)}</span>
          <b className="num">{figure(ranking.sort, one.now[ranking.sort])}</b>
        </div>
      )}
      empty={null}
    />
  );
}

function Place({ ranked }: { ranked: Ranked }) {
  const { t } = useTranslation();
  const { rank, previous_rank: before } = ranked;
  const told =
    before === null
      ? t("rankings.new")
      : before > rank
        ? t("rankings.up", { count: before - rank })
        : before < rank
          ? t("rankings.down", { count: rank - before })
          : t("rankings.same");
  const tone = before === null || before === rank ? "same" : before > rank ? "up" : "down";
  return (
    <span className={styles.place}>
      <b className="num">{rank}</b>
      <span className={styles.move} data-tone={tone}>
        {told}
      </span>
    </span>
  );
}

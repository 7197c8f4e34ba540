import { AuditOutlined } from "@ant-design/icons";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useAdjustments } from "../../api/adjustments";
import type { Adjustment, AdjustmentState } from "../../api/contract";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { keysetDefaults } from "../../kit/keysetState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { AdjustmentDrawer } from "./AdjustmentDrawer";
import { AdjustmentStateMark } from "./AdjustmentStateMark";
import styles from "./finance.module.css";
import { useCurrencyName } from "./useCurrencyName";

const defaults = { state: "waiting", adjustment: "", ...keysetDefaults };
const states: readonly AdjustmentState[] = ["waiting", "done", "rejected", "withdrawn"];

export function AdjustmentsPage() {
  const { t } = useTranslation();
  const { signed, moment } = useFormat();
  const currencyName = useCurrencyName();
  const [state, patch] = useUrlState(defaults);
  const chosen = states.find((one) => one === state.state);
  const adjustments = useAdjustments({
    state: chosen,
    limit: Number(state.limit) || 50,
    cursor: state.cursor || undefined,
  });
  const rows = adjustments.data?.items;
  const memberName = (one: Adjustment) => one.member_name ?? String(one.member_id);
  const columns: Column<Adjustment>[] = [
    {
      key: "at",
      title: t("finance.adjustments.column.at"),
      render: (one) => <span className="num">{moment(one.requested_at)}</span>,
    },
    { key: "member", title: t("finance.adjustments.column.member"), render: memberName },
    {
      key: "currency",
      title: t("finance.adjustments.column.currency"),
      render: (one) => currencyName(one.currency),
    },
    {
      key: "amount",
      title: t("finance.adjustments.column.amount"),
      isNumber: true,
      render: (one) => signed(one.amount),
    },
    {
      key: "reason",
      title: t("finance.adjustments.column.reason"),
      render: (one) => (
        <span className={styles.reason} title={one.reason}>
          {one.reason}
        </span>
      ),
    },
    {
      key: "by",
      title: t("finance.adjustments.column.by"),
      render: (one) => one.requested_by.name ?? t("finance.adjustments.someone"),
    },
    {
      key: "state",
      title: t("finance.adjustments.column.state"),
      render: (one) => <AdjustmentStateMark state={one.state} />,
    },
  ];
  return (
    <Page title={t("finance.adjustments.title")} purpose={t("finance.adjustments.purpose")}>
      <RecordList
        name="adjustments"
        defaults={defaults}
        apart={["adjustment"]}
        page={adjustments}
        filters={
          <div className={styles.filters}>
            <Segmented
              aria-label={t("finance.adjustments.filter.label")}
              value={chosen ?? "all"}
              onChange={(next) => patch({ state: next, cursor: "" })}
              options={[...states, "all" as const].map((value) => ({
                value,
                label: t(`finance.adjustments.filter.${value}`),
              }))}
            />
          </div>
        }
        columns={columns}
        rowKey={(one) => one.id}
        onOpen={(one) => patch({ adjustment: String(one.id) })}
        selected={Number(state.adjustment)}
        card={(one) => (
          <>
            <div className={styles.cardLine}>
              <span>{memberName(one)}</span>
              <span className="num">
                {signed(one.amount)} {currencyName(one.currency)}
              </span>
            </div>
            <div className={styles.cardLine}>
              <span className={styles.quiet}>{one.reason}</span>
              <AdjustmentStateMark state={one.state} />
            </div>
          </>
        )}
        empty={
          <EmptyState
            icon={<AuditOutlined />}
            title={t(
              chosen === "waiting"
                ? "finance.adjustments.empty.title"
                : "finance.adjustments.empty.filteredTitle",
            )}
            hint={t(
              chosen === "waiting"
                ? "finance.adjustments.empty.hint"
                : "finance.adjustments.empty.filteredHint",
            )}
          />
        }
      />
      <AdjustmentDrawer
        adjustment={rows?.find((one) => String(one.id) === state.adjustment) ?? null}
        onClose={() => patch({ adjustment: "" })}
      />
    </Page>
  );
}

import { CheckCircleOutlined, InboxOutlined } from "@ant-design/icons";
import { Drawer, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { type ReturnState, type UnmatchedReturn, useReturns } from "../../api/returns";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { keysetDefaults } from "../../kit/keysetState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { Swatch, type Tone } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./imports.module.css";
import { ReturnDetail } from "./ReturnDetail";

const defaults = { ...keysetDefaults, state: "waiting", import: "", open: "" };
const states: readonly ReturnState[] = ["waiting", "matched", "dismissed"];
const tones: Record<ReturnState, Tone> = { waiting: "warn", matched: "good", dismissed: "plain" };

/** Goods that came back with nobody to name: a person says of which order each was, and only then points move. */
export function ReturnsPage() {
  const { t } = useTranslation();
  const { count, day, quantity } = useFormat();
  const [state, patch] = useUrlState(defaults);
  const shown = states.find((one) => one === state.state) ?? "waiting";
  const page = useReturns({
    state: shown,
    import: state.import ? Number(state.import) : undefined,
    limit: Number(state.limit),
    cursor: state.cursor || undefined,
  });
  const product = (row: UnmatchedReturn) => (
    <span className={styles.file}>
      {row.product.name} <small>{row.product.code}</small>
    </span>
  );
  const candidates = (row: UnmatchedReturn) => {
    if (row.candidates === null)
      return <Swatch tone={tones[row.state]}>{t(`returns.state.${row.state}`)}</Swatch>;
    return row.candidates > 0 ? (
      count(row.candidates)
    ) : (
      <span className={styles.quiet}>{t("returns.noCandidates")}</span>
    );
  };
  const columns: Column<UnmatchedReturn>[] = [
    { key: "day", title: t("returns.column.day"), render: (row) => day(row.returned_on) },
    { key: "product", title: t("returns.column.product"), render: product },
    { key: "store", title: t("returns.column.store"), render: (row) => row.store?.name ?? t("kit.none") },
    {
      key: "quantity",
      title: t("returns.column.quantity"),
      isNumber: true,
      render: (row) => quantity(row.quantity),
    },
    { key: "candidates", title: t("returns.column.candidates"), isNumber: true, render: candidates },
  ];
  const counts = page.data?.counts;
  return (
    <Page title={t("returns.title")} purpose={t("returns.purpose")}>
      <RecordList
        name="returns"
        defaults={defaults}
        apart={["open", "import"]}
        page={page}
        filters={
          <div className={styles.bar}>
            <Segmented<ReturnState>
              value={shown}
              onChange={(next) => patch({ state: next, cursor: "", open: "" })}
              aria-label={t("returns.column.state")}
              options={states.map((value) => ({
                value,
                label: counts
                  ? t("returns.tab", { state: t(`returns.state.${value}`), value: count(counts[value]) })
                  : t(`returns.state.${value}`),
              }))}
            />
          </div>
        }
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => patch({ open: String(row.id) })}
        selected={Number(state.open)}
        card={(row) => (
          <div className={styles.card}>
            {product(row)}
            <span className={styles.line}>
              <span>
                {t("returns.card", { day: day(row.returned_on), quantity: quantity(row.quantity) })}
              </span>
              <span className="num">{candidates(row)}</span>
            </span>
          </div>
        )}
        empty={
          shown === "waiting" ? (
            <EmptyState
              icon={<CheckCircleOutlined />}
              title={t("returns.empty.waiting")}
              hint={t("returns.empty.waitingHint")}
            />
          ) : (
            <EmptyState icon={<InboxOutlined />} title={t(`returns.empty.${shown}`)} />
          )
        }
      />
      <Drawer
        open={state.open !== ""}
        onClose={() => patch({ open: "" })}
        size={640}
        title={t("returns.detail")}
        destroyOnHidden
      >
        {state.open !== "" && <ReturnDetail id={Number(state.open)} onDone={() => patch({ open: "" })} />}
      </Drawer>
    </Page>
  );
}

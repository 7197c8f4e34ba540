import { FileDoneOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type MemberRequest, type RequestsQuery, useRequests } from "../../api/requests";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { keysetDefaults } from "../../kit/keysetState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useUrlState } from "../../kit/useUrlState";
import { Clock } from "./Clock";
import { NewRequestDialog } from "./NewRequestDialog";
import styles from "./rights.module.css";

const filters = ["all", "open", "overdue", "ended"] as const;
const defaults = { state: "all", ...keysetDefaults };
const asked: Record<(typeof filters)[number], Partial<RequestsQuery>> = {
  all: {},
  open: { state: "open" },
  overdue: { overdue: true },
  ended: { state: "done" },
};

/** What members asked for; whatever is most urgent stands first. */
export function RequestsPage() {
  const { t } = useTranslation();
  const go = useGo();
  const mayWrite = useMay()("requests.write");
  const [state, patch] = useUrlState(defaults);
  const [isTaking, setTaking] = useState(false);
  const chosen = filters.find((one) => one === state.state) ?? "all";
  const requests = useRequests({
    ...asked[chosen],
    limit: Number(state.limit) || 50,
    cursor: state.cursor || undefined,
  });
  const open = (one: MemberRequest) => go(`/requests/${one.id}`);
  const columns = useColumns();
  return (
    <Page
      title={t("rights.title")}
      purpose={t("rights.purpose")}
      action={
        mayWrite && (
          <Button type="primary" onClick={() => setTaking(true)}>
            {t("rights.take")}
          </Button>
        )
      }
    >
      <RecordList
        name="requests"
        defaults={defaults}
        page={requests}
        filters={
          <div className={styles.filters}>
            <Segmented
              aria-label={t("rights.filter.label")}
              value={chosen}
              onChange={(next) => patch({ state: next, cursor: "" })}
              options={filters.map((value) => ({ value, label: t(`rights.filter.${value}`) }))}
            />
            {requests.data && (
              <span className={requests.data.overdue_count ? styles.late : styles.quiet}>
                {t("rights.counts", { open: requests.data.open_count, late: requests.data.overdue_count })}
              </span>
            )}
          </div>
        }
        columns={columns}
        rowKey={(one) => one.id}
        onOpen={open}
        card={(one) => (
          <div className={styles.cardLine}>
            <div>
              <div>{one.member_name ?? one.member_number}</div>
              <div className={styles.quiet}>{t(`rights.kind.${one.kind}`)}</div>
            </div>
            <Clock request={one} />
          </div>
        )}
        empty={
          <EmptyState
            icon={<FileDoneOutlined />}
            title={t("rights.empty.title")}
            hint={t("rights.empty.hint")}
          />
        }
      />
      {isTaking && (
        <NewRequestDialog onClose={() => setTaking(false)} onTaken={(id) => go(`/requests/${id}`)} />
      )}
    </Page>
  );
}

function useColumns(): Column<MemberRequest>[] {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return [
    { key: "left", title: t("rights.column.left"), render: (one) => <Clock request={one} /> },
    { key: "kind", title: t("rights.column.kind"), render: (one) => t(`rights.kind.${one.kind}`) },
    {
      key: "member",
      title: t("rights.column.member"),
      render: (one) => one.member_name ?? one.member_number,
    },
    {
      key: "received",
      title: t("rights.column.received"),
      render: (one) => <span className="num">{moment(one.received_at)}</span>,
    },
    { key: "state", title: t("rights.column.state"), render: (one) => t(`rights.state.${one.state}`) },
  ];
}

import { AuditOutlined } from "@ant-design/icons";
import { Button, Drawer, Input, Segmented, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Approval } from "../../api/contract";
import { useMay } from "../../api/session";
import { approveAct, rejectAct, useApprovals, useStaffAct } from "../../api/staff";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Fact, Facts } from "../../kit/Facts";
import { keysetDefaults } from "../../kit/keysetState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./staff.module.css";

const states = ["waiting", "approved", "rejected", "withdrawn", "expired"] as const;
const defaults = { state: "waiting", act: "", ...keysetDefaults };

export function ApprovalsPage() {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const [state, patch] = useUrlState(defaults);
  const chosen = states.find((one) => one === state.state);
  const acts = useApprovals({
    state: chosen,
    limit: Number(state.limit) || 50,
    cursor: state.cursor || undefined,
  });
  const columns: Column<Approval>[] = [
    {
      key: "at",
      title: t("staff.approvals.at"),
      render: (one) => <span className="num">{moment(one.requested_at)}</span>,
    },
    { key: "kind", title: t("staff.approvals.kind"), render: (one) => one.kind_name },
    { key: "summary", title: t("staff.approvals.summary"), render: (one) => one.summary },
    { key: "by", title: t("staff.approvals.by"), render: (one) => one.requested_by_name },
    {
      key: "state",
      title: t("staff.column.state"),
      render: (one) => <Tag>{t(`staff.approvals.state.${one.state}`)}</Tag>,
    },
  ];
  return (
    <Page title={t("staff.approvals.title")} purpose={t("staff.approvals.purpose")}>
      <RecordList
        name="approvals"
        defaults={defaults}
        apart={["act"]}
        page={acts}
        filters={
          <div className={styles.filters}>
            <Segmented
              aria-label={t("staff.column.state")}
              value={chosen ?? "all"}
              onChange={(next) => patch({ state: next, cursor: "" })}
              options={[...states, "all" as const].map((value) => ({
                value,
                label: t(`staff.approvals.state.${value}`),
              }))}
            />
          </div>
        }
        columns={columns}
        rowKey={(one) => one.id}
        onOpen={(one) => patch({ act: String(one.id) })}
        selected={Number(state.act)}
        empty={
          <EmptyState
            icon={<AuditOutlined />}
            title={t("staff.approvals.emptyTitle")}
            hint={t("staff.approvals.emptyHint")}
          />
        }
      />
      <ActDrawer
        key={state.act}
        act={acts.data?.items.find((one) => String(one.id) === state.act) ?? null}
        onClose={() => patch({ act: "" })}
      />
    </Page>
  );
}

function ActDrawer({ act, onClose }: { act: Approval | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const mayDecide = useMay()("approvals.decide");
  const [typed, setTyped] = useState("");
  const [note, setNote] = useState("");
  const approve = useStaffAct((one: Approval) => approveAct(one.id, typed || null));
  const reject = useStaffAct((one: Approval) => rejectAct(one.id, note));
  if (!act) return null;
  const isOpen = mayDecide && act.state === "waiting";
  const mayApprove = isOpen && (!act.is_own || act.confirmation !== null);
  return (
    <Drawer open onClose={onClose} size={440} title={act.kind_name}>
      <Facts>
        <Fact term={t("staff.approvals.summary")}>{act.summary}</Fact>
        <Fact term={t("staff.approvals.by")}>
          {act.requested_by_name} · {moment(act.requested_at)}
        </Fact>
        {act.decided_at && (
          <Fact term={t(`staff.approvals.state.${act.state}`)}>
            {act.decided_by_name} · {moment(act.decided_at)}
          </Fact>
        )}
        {act.note && <Fact term={t("staff.approvals.note")}>{act.note}</Fact>}
      </Facts>
      <Refusal error={approve.error ?? reject.error} />
      {isOpen && act.is_own && !act.confirmation && (
        <p className={styles.quiet}>{t("staff.approvals.secondPerson")}</p>
      )}
      {mayApprove && act.confirmation && (
        <p>
          {t("staff.approvals.alone", { text: act.confirmation })}
          <Input
            value={typed}
            aria-label={t("staff.approvals.confirmation")}
            onChange={(event) => setTyped(event.target.value)}
          />
        </p>
      )}
      {isOpen && (
        <>
          <Input.TextArea
            value={note}
            maxLength={500}
            placeholder={t("staff.approvals.noteHelp")}
            aria-label={t("staff.approvals.note")}
            onChange={(event) => setNote(event.target.value)}
          />
          <div className={styles.acts}>
            {mayApprove && (
              <Button
                type="primary"
                loading={approve.isPending}
                onClick={() => approve.mutate(act, { onSuccess: onClose })}
              >
                {t("staff.approvals.approve")}
              </Button>
            )}
            <Button
              danger
              disabled={!note.trim()}
              loading={reject.isPending}
              onClick={() => reject.mutate(act, { onSuccess: onClose })}
            >
              {t(act.is_own ? "staff.approvals.withdraw" : "staff.approvals.reject")}
            </Button>
          </div>
        </>
      )}
    </Drawer>
  );
}

import { App, Button, Popconfirm, Progress } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberTransfer } from "../../api/contract";
import { useTransfers, useUndoTransfer } from "../../api/organization";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import styles from "./organization.module.css";

/** Who handed members over to whom, how far it is, and a way back. */
export function Transfers() {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  const transfers = useTransfers(true);
  if (transfers.data?.length === 0) return null;
  const state = (one: MemberTransfer) =>
    one.state === "running" || one.state === "undoing" ? (
      <span>
        {t(`organization.transfers.state.${one.state}`)}
        <Progress percent={Math.round((100 * one.moved) / Math.max(1, one.members))} size="small" />
      </span>
    ) : (
      <Swatch tone={one.state === "done" ? "good" : "plain"}>
        {t(`organization.transfers.state.${one.state}`)}
      </Swatch>
    );
  const targets = (one: MemberTransfer) => one.shares.map(({ employee }) => employee.name).join(t("kit.and"));
  const columns: Column<MemberTransfer>[] = [
    { key: "from", title: t("organization.transfers.column.from"), render: (one) => one.employee.name },
    { key: "to", title: t("organization.transfers.column.to"), render: targets },
    {
      key: "members",
      title: t("organization.transfers.column.members"),
      isNumber: true,
      render: (one) => count(one.members),
    },
    {
      key: "when",
      title: t("organization.transfers.column.when"),
      render: (one) => (one.begun_at ? moment(one.begun_at) : t("kit.none")),
    },
    { key: "by", title: t("organization.transfers.column.by"), render: (one) => one.by ?? t("kit.none") },
    { key: "state", title: t("organization.transfers.column.state"), render: state },
    { key: "do", title: "", render: (one) => one.state === "done" && <Undo transfer={one} /> },
  ];
  return (
    <Card isFlush title={t("organization.transfers.title")} note={t("organization.transfers.note")}>
      <DataTable
        rows={transfers.data}
        columns={columns}
        rowKey={(one) => one.id ?? 0}
        error={transfers.error}
        onRetry={() => void transfers.refetch()}
        card={(one) => (
          <div>
            <div className={styles.line}>
              <b>{`${one.employee.name} → ${targets(one)}`}</b>
              {state(one)}
            </div>
            <div className={styles.why}>{count(one.members)}</div>
            {one.state === "done" && <Undo transfer={one} />}
          </div>
        )}
        empty={t("organization.transfers.empty")}
      />
    </Card>
  );
}

function Undo({ transfer }: { transfer: MemberTransfer }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const undo = useUndoTransfer();
  return (
    <Popconfirm
      title={t("organization.transfers.undoAsk")}
      description={t("organization.transfers.undoHint", { name: transfer.employee.name })}
      okText={t("organization.transfers.undo")}
      cancelText={t("organization.leaving.cancel")}
      onConfirm={() =>
        undo.mutate(transfer.id ?? 0, {
          onSuccess: () => void message.success(t("organization.transfers.undone")),
          onError: (error) => void message.error(error.message),
        })
      }
    >
      <Button type="link" size="small" loading={undo.isPending}>
        {t("organization.transfers.undo")}
      </Button>
    </Popconfirm>
  );
}

import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEntries } from "../../api/accounts";
import type { Entry } from "../../api/contract";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Go } from "../../kit/Go";
import { useFormat } from "../../kit/useFormat";
import styles from "./accounts.module.css";
import { ReverseDialog } from "./dialogs/ReverseDialog";
import { EntryDrawer } from "./EntryDrawer";
import { useEntryKind } from "./entryKind";
import type { Subject } from "./subject";

export function Entries({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const { count, signed, moment, day, dayOf, timeOf } = useFormat();
  const kindName = useEntryKind();
  const entries = useEntries(subject.member, subject.account.currency.code);
  const [asked, setAsked] = useState<Entry | null>(null);
  const [reversed, setReversed] = useState<Entry | null>(null);
  const columns: Column<Entry>[] = [
    {
      key: "time",
      title: t("members.points.column.time"),
      render: (entry) => (
        <span className="num">
          {day(dayOf(entry.occurred_at))} {timeOf(entry.occurred_at)}
        </span>
      ),
    },
    { key: "kind", title: t("members.points.column.kind"), render: (entry) => kindName(entry.kind) },
    {
      key: "order",
      title: t("members.points.column.order"),
      render: (entry) =>
        entry.order ? (
          <Go to={`/sales/orders/${entry.order.id}`} className={styles.link}>
            {entry.order.number}
          </Go>
        ) : (
          t("kit.none")
        ),
    },
    {
      key: "amount",
      title: t("members.points.column.amount"),
      isNumber: true,
      render: (entry) => (
        <button
          type="button"
          className={styles.ask}
          data-sign={entry.amount > 0 ? "plus" : "minus"}
          onClick={() => setAsked(entry)}
        >
          {signed(entry.amount)}
        </button>
      ),
    },
    {
      key: "balance",
      title: t("members.points.column.balance"),
      isNumber: true,
      render: (entry) =>
        entry.debt_after > 0
          ? t("members.points.debtAfter", { value: count(entry.debt_after) })
          : count(entry.balance_after),
    },
    {
      key: "why",
      title: t("members.points.column.why"),
      render: (entry) => (
        <span className={styles.reason} title={entry.explanation?.text}>
          {entry.explanation?.text ?? t("kit.none")}
        </span>
      ),
    },
  ];
  return (
    <div className={styles.bleed}>
      <DataTable
        rows={entries.data?.pages.flatMap((page) => page.items)}
        columns={columns}
        rowKey={(entry) => entry.version}
        error={entries.error}
        onRetry={() => void entries.refetch()}
        empty={
          <EmptyState title={t("members.points.emptyEntries")} hint={t("members.points.emptyEntriesHint")} />
        }
        onOpen={setAsked}
        card={(entry) => (
          <div className={styles.cardLine}>
            <span>
              {kindName(entry.kind)}
              <div className={styles.quiet}>{moment(entry.occurred_at)}</div>
            </span>
            <span className={styles.askStatic} data-sign={entry.amount > 0 ? "plus" : "minus"}>
              {signed(entry.amount)}
            </span>
          </div>
        )}
      />
      {entries.hasNextPage && (
        <div className={styles.more}>
          <Button loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {t("kit.more")}
          </Button>
        </div>
      )}
      <EntryDrawer entry={asked} onClose={() => setAsked(null)} onReverse={setReversed} />
      {reversed && (
        <ReverseDialog
          subject={subject}
          entry={reversed}
          onClose={() => setReversed(null)}
          onDone={() => setAsked(null)}
        />
      )}
    </div>
  );
}

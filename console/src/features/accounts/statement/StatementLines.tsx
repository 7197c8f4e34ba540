import { FileTextOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { StatementLine } from "../../../api/contract";
import { Card } from "../../../kit/Card";
import { type Column, DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { Go } from "../../../kit/Go";
import { useFormat } from "../../../kit/useFormat";
import { useEntryKind } from "../entryKind";
import styles from "./statement.module.css";

interface Props {
  lines: StatementLine[];
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}

export function StatementLines({ lines, hasMore, isLoadingMore, onMore }: Props) {
  const { t } = useTranslation();
  const { count, day } = useFormat();
  const kindName = useEntryKind();
  const columns: Column<StatementLine>[] = [
    {
      key: "day",
      title: t("finance.statement.column.day"),
      render: (line) => <span className="num">{day(line.business_day)}</span>,
    },
    { key: "kind", title: t("finance.statement.column.kind"), render: (line) => kindName(line.kind) },
    {
      key: "order",
      title: t("finance.statement.column.order"),
      render: (line) =>
        line.order ? (
          <Go to={`/sales/orders/${line.order.id}`} className={styles.link}>
            {line.order.number}
          </Go>
        ) : (
          t("kit.none")
        ),
    },
    {
      key: "why",
      title: t("finance.statement.column.why"),
      render: (line) => <span className={styles.why}>{line.why}</span>,
    },
    {
      key: "amount",
      title: t("finance.statement.column.amount"),
      isNumber: true,
      render: (line) => <Amount amount={line.amount} />,
    },
    {
      key: "balance",
      title: t("finance.statement.column.balance"),
      isNumber: true,
      render: (line) => count(line.balance.total),
    },
  ];
  return (
    <Card isFlush title={t("finance.statement.entries")}>
      <DataTable
        rows={lines}
        columns={columns}
        rowKey={(line) => line.version}
        empty={
          <EmptyState
            icon={<FileTextOutlined />}
            title={t("finance.statement.empty")}
            hint={t("finance.statement.emptyHint")}
          />
        }
        card={(line) => (
          <>
            <div className={styles.cardLine}>
              <span>
                {day(line.business_day)} {kindName(line.kind)}
              </span>
              <Amount amount={line.amount} />
            </div>
            <div className={styles.cardLine}>
              <span className={styles.quiet}>{line.why}</span>
              <span className={styles.quiet}>{count(line.balance.total)}</span>
            </div>
          </>
        )}
        footer={
          hasMore && (
            <div className={styles.more}>
              <Button loading={isLoadingMore} onClick={onMore}>
                {t("kit.more")}
              </Button>
            </div>
          )
        }
      />
    </Card>
  );
}

function Amount({ amount }: { amount: number }) {
  const { signed } = useFormat();
  return (
    <span className={styles.amount} data-sign={amount > 0 ? "plus" : "minus"}>
      {signed(amount)}
    </span>
  );
}

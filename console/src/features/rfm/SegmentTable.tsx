import { useTranslation } from "react-i18next";
import type { Rfm } from "../../api/contract";
import { type Column, DataTable } from "../../kit/DataTable";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import styles from "./rfm.module.css";
import { segmentOrder } from "./segments";

type Segment = Rfm["segments"][number];

export function SegmentTable({ rfm }: { rfm: Rfm }) {
  const { t } = useTranslation();
  const { count, share, wholeMoney } = useFormat();
  const go = useGo();
  const rows = segmentOrder.flatMap((code) => rfm.segments.filter((segment) => segment.code === code));
  const each = (row: Segment) =>
    row.members > 0 ? wholeMoney(row.net_spend_minor / row.members) : t("kit.none");
  const words = (row: Segment) => (
    <span className={styles.words}>
      <b>{t(`rfm.segment.${row.code}`)}</b>
      <small>{t(`rfm.what.${row.code}`)}</small>
    </span>
  );
  const columns: Column<Segment>[] = [
    { key: "segment", title: t("rfm.column.segment"), render: words },
    { key: "members", title: t("rfm.column.members"), isNumber: true, render: (row) => count(row.members) },
    { key: "share", title: t("rfm.column.share"), isNumber: true, render: (row) => share(row.share, 1) },
    {
      key: "spend",
      title: t("rfm.column.spend"),
      isNumber: true,
      render: (row) => wholeMoney(row.net_spend_minor),
    },
    { key: "each", title: t("rfm.column.each"), isNumber: true, render: each },
    {
      key: "next",
      title: t("rfm.column.next"),
      render: (row) => <span className={styles.next}>{t(`rfm.next.${row.code}`)}</span>,
    },
  ];
  return (
    <DataTable
      rows={rows}
      columns={columns}
      rowKey={(row) => row.code}
      empty={null}
      onOpen={(row) => go(`/insight/rfm/${row.code}`)}
      card={(row) => (
        <div>
          <div className={styles.cardLine}>
            {words(row)}
            <span className={styles.right}>
              {count(row.members)}
              <small>{share(row.share, 1)}</small>
            </span>
          </div>
          <div className={styles.cardNext}>{t(`rfm.next.${row.code}`)}</div>
        </div>
      )}
    />
  );
}

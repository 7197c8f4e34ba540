import { useTranslation } from "react-i18next";
import type { CouponReport } from "../../../api/contract";
import { type Column, DataTable } from "../../../kit/DataTable";
import { Go } from "../../../kit/Go";
import { columns, usePlaceName, useTold } from "./figures";
import styles from "./reports.module.css";

type Row = CouponReport["items"][number];

/** Every day, template, store or channel with its figures. */
export function PlaceTable({ report }: { report: CouponReport }) {
  const { t } = useTranslation();
  const told = useTold(report.currency);
  const placeName = usePlaceName();
  const { by } = report;
  const rows = by === "day" ? report.items.toReversed() : report.items;
  const name = (row: Row) =>
    by === "template" && row.key ? (
      <Go to={`/loyalty/coupons/${row.key}`}>{placeName(by, row)}</Go>
    ) : (
      placeName(by, row)
    );
  const shown: Column<Row>[] = [
    { key: "place", title: t(`couponReports.column.${by}`), isFixed: true, render: name },
    ...columns.map((column) => ({
      key: column,
      title: t(`couponReports.figure.${column}`),
      isNumber: true,
      render: (row: Row) => told(column, row.figures[column]) ?? t("kit.none"),
    })),
  ];
  return (
    <DataTable
      rows={rows}
      columns={shown}
      rowKey={(row) => row.key ?? ""}
      card={(row) => (
        <div className={styles.card}>
          <span>{name(row)}</span>
          <span className={styles.quiet}>
            {t("couponReports.figure.issued")} <b className="num">{told("issued", row.figures.issued)}</b>
          </span>
          <span className={styles.quiet}>
            {t("couponReports.figure.redeemed")}{" "}
            <b className="num">{told("redeemed", row.figures.redeemed)}</b>
          </span>
        </div>
      )}
      empty={null}
    />
  );
}

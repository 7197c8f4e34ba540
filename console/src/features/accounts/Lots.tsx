import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Lot } from "../../api/contract";
import { type Column, DataTable } from "../../kit/DataTable";
import { Go } from "../../kit/Go";
import { useFormat } from "../../kit/useFormat";
import styles from "./accounts.module.css";
import { LotChart } from "./LotChart";

const firstFew = 5;
const step = 50;

export function Lots({ lots }: { lots: Lot[] }) {
  const { t } = useTranslation();
  const { count, day } = useFormat();
  const [shown, setShown] = useState(firstFew);
  const rest = Math.min(step, lots.length - shown);
  const noteOf = (lot: Lot) => {
    if (lot.state === "pending" && lot.available_on)
      return t("accounts.lots.availableOn", { day: day(lot.available_on) });
    return lot.held > 0 ? t("accounts.lots.held", { value: count(lot.held) }) : "";
  };
  const columns: Column<Lot>[] = [
    {
      key: "earned",
      title: t("members.points.column.earned"),
      render: (lot) => <span className="num">{day(lot.earned_on)}</span>,
    },
    {
      key: "from",
      title: t("members.points.column.from"),
      render: (lot) =>
        lot.origin ? (
          <Go to={`/sales/orders/${lot.origin.order_id}`} className={styles.link}>
            {lot.origin.number}
          </Go>
        ) : (
          <span className={styles.quiet}>
            {lot.funding ? t("accounts.lots.funding", { name: lot.funding }) : t("accounts.lots.byHand")}
          </span>
        ),
    },
    {
      key: "state",
      title: t("orders.column.status"),
      render: (lot) => (
        <>
          {t(`members.points.lotState.${lot.state}`)} <span className={styles.quiet}>{noteOf(lot)}</span>
        </>
      ),
    },
    {
      key: "amount",
      title: t("members.points.column.original"),
      isNumber: true,
      render: (lot) => count(lot.amount),
    },
    {
      key: "remaining",
      title: t("members.points.column.remaining"),
      isNumber: true,
      render: (lot) => count(lot.remaining),
    },
    {
      key: "expires",
      title: t("members.points.column.expires"),
      isNumber: true,
      render: (lot) => (lot.expires_on ? day(lot.expires_on) : t("members.points.noExpiry")),
    },
  ];
  return (
    <div>
      <h3>
        {t("members.points.lots")} <span className={styles.quiet}>{t("members.points.lotsHint")}</span>
      </h3>
      <LotChart lots={lots} />
      <div className={styles.bleed}>
        <DataTable
          rows={lots.slice(0, shown)}
          columns={columns}
          rowKey={(lot) => lot.lot_no}
          empty={null}
          card={(lot) => (
            <div className={styles.cardLine}>
              <span>
                {lot.expires_on
                  ? `${t("members.points.column.expires")} ${day(lot.expires_on)}`
                  : t("members.points.noExpiry")}
                <div className={styles.quiet}>
                  {lot.origin?.number ?? t("accounts.lots.byHand")} {noteOf(lot)}
                </div>
              </span>
              <span className="num">
                {count(lot.remaining)} / {count(lot.amount)}
              </span>
            </div>
          )}
        />
        {rest > 0 && (
          <div className={styles.more}>
            <Button type="text" onClick={() => setShown(shown + step)}>
              {t("accounts.lots.showMore", { value: count(rest), total: count(lots.length) })}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

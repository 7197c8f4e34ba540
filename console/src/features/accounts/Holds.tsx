import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hold } from "../../api/contract";
import { useMay } from "../../api/session";
import { type Column, DataTable } from "../../kit/DataTable";
import { Go } from "../../kit/Go";
import { useFormat } from "../../kit/useFormat";
import styles from "./accounts.module.css";
import { ReleaseDialog } from "./dialogs/ReleaseDialog";
import type { Subject } from "./subject";

export function Holds({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const { count, day, moment } = useFormat();
  const mayRelease = useMay()("points.operate");
  const [released, setReleased] = useState<Hold | null>(null);
  const ends = (hold: Hold) => (hold.expires_at ? moment(hold.expires_at) : t("accounts.holds.noEnd"));
  const release = (hold: Hold) => (
    <Button size="small" onClick={() => setReleased(hold)}>
      {t("accounts.holds.release")}
    </Button>
  );
  const columns: Column<Hold>[] = [
    {
      key: "opened",
      title: t("accounts.holds.column.opened"),
      render: (hold) => <span className="num">{day(hold.opened_on)}</span>,
    },
    {
      key: "from",
      title: t("accounts.holds.column.from"),
      render: (hold) =>
        hold.origin ? (
          <Go to={`/sales/orders/${hold.origin.order_id}`} className={styles.link}>
            {hold.origin.number}
          </Go>
        ) : (
          t("accounts.lots.byHand")
        ),
    },
    {
      key: "ends",
      title: t("accounts.holds.column.ends"),
      render: (hold) => <span className="num">{ends(hold)}</span>,
    },
    {
      key: "amount",
      title: t("accounts.holds.column.amount"),
      isNumber: true,
      render: (hold) => count(hold.amount),
    },
    {
      key: "remaining",
      title: t("accounts.holds.column.remaining"),
      isNumber: true,
      render: (hold) => count(hold.remaining),
    },
  ];
  if (mayRelease) columns.push({ key: "release", title: "", isNumber: true, render: release });
  return (
    <div>
      <h3>
        {t("accounts.holds.title")} <span className={styles.quiet}>{t("accounts.holds.hint")}</span>
      </h3>
      <div className={styles.bleed}>
        <DataTable
          rows={subject.account.holds}
          columns={columns}
          rowKey={(hold) => hold.hold_no}
          empty={null}
          card={(hold) => (
            <div className={styles.cardLine}>
              <span>
                {count(hold.remaining)} / {count(hold.amount)}
                <div className={styles.quiet}>{ends(hold)}</div>
              </span>
              {mayRelease && release(hold)}
            </div>
          )}
        />
      </div>
      {released && <ReleaseDialog subject={subject} hold={released} onClose={() => setReleased(null)} />}
    </div>
  );
}

import { DatabaseOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Backup } from "../../api/contract";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { useFormat } from "../../kit/useFormat";
import styles from "./backups.module.css";

export function BackupList({ backups }: { backups: Backup[] }) {
  const { t } = useTranslation();
  const { bytes, count, moment } = useFormat();
  const keys = (one: Backup) => {
    if (!one.keys) return <span className={styles.quiet}>{t("backups.keys.none")}</span>;
    // The server's clock and this one's differ by little, and the archive ends by the day.
    return Date.parse(one.keys.ends_at) < Date.now() ? (
      <span className={styles.quiet}>{t("backups.keys.ended")}</span>
    ) : (
      <span className="num">{t("backups.keys.until", { at: moment(one.keys.ends_at) })}</span>
    );
  };
  const columns: Column<Backup>[] = [
    {
      key: "made",
      title: t("backups.column.made"),
      render: (one) => (
        <span className="num" title={one.name}>
          {moment(one.made_at)}
        </span>
      ),
    },
    {
      key: "size",
      title: t("backups.column.size"),
      isNumber: true,
      render: (one) => bytes(one.bytes),
    },
    {
      key: "rows",
      title: t("backups.column.rows"),
      isNumber: true,
      render: (one) => count(one.rows),
    },
    {
      key: "members",
      title: t("backups.column.members"),
      isNumber: true,
      render: (one) => count(one.members),
    },
    { key: "keys", title: t("backups.column.keys"), render: keys },
    { key: "program", title: t("backups.column.program"), render: (one) => one.program },
  ];
  return (
    <Card isFlush title={t("backups.list")} note={t("backups.listNote")}>
      <DataTable
        rows={backups}
        columns={columns}
        rowKey={(one) => one.name}
        empty={
          <EmptyState
            icon={<DatabaseOutlined />}
            title={t("backups.empty.title")}
            hint={t("backups.empty.hint")}
          />
        }
        card={(one) => (
          <>
            <div className={styles.cardLine}>
              <span>{moment(one.made_at)}</span>
              <span className="num">{bytes(one.bytes)}</span>
            </div>
            <div className={styles.cardLine}>
              <span className={styles.quiet}>
                {t("backups.column.members")} {count(one.members)}
              </span>
              <span className={styles.quiet}>
                {t("backups.column.keys")} {keys(one)}
              </span>
            </div>
          </>
        )}
      />
    </Card>
  );
}

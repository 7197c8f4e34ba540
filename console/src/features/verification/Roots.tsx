import { CopyOutlined, KeyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Root } from "../../api/contract";
import { useRoots } from "../../api/verification";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { useFormat } from "../../kit/useFormat";
import { useCopy } from "./useCopy";
import styles from "./verification.module.css";

export function Roots() {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  const copy = useCopy();
  const roots = useRoots();
  const signed = (root: Root) =>
    JSON.stringify({ statement: root.statement, signature: root.signature, key_id: root.key_id });
  const copying = (root: Root) => (
    <Button
      size="small"
      type="text"
      icon={<CopyOutlined />}
      aria-label={`${t("verification.roots.copy")} ${root.id}`}
      title={t("verification.roots.copy")}
      onClick={() => void copy(signed(root), t("verification.roots.copied"))}
    />
  );
  const columns: Column<Root>[] = [
    { key: "id", title: t("verification.roots.column.id"), isNumber: true, render: (root) => count(root.id) },
    {
      key: "at",
      title: t("verification.roots.column.at"),
      render: (root) => <span className="num">{moment(root.made_at)}</span>,
    },
    {
      key: "accounts",
      title: t("verification.roots.column.accounts"),
      isNumber: true,
      render: (root) => count(root.accounts),
    },
    {
      key: "entries",
      title: t("verification.roots.column.entries"),
      isNumber: true,
      render: (root) => count(root.entries),
    },
    {
      key: "hash",
      title: t("verification.roots.column.hash"),
      render: (root) => (
        <code className={styles.code} title={root.hash}>
          {root.hash.slice(0, 16)}…
        </code>
      ),
    },
    {
      key: "key",
      title: t("verification.roots.column.key"),
      render: (root) => <code className={styles.code}>{root.key_id}</code>,
    },
    { key: "copy", title: "", isNumber: true, render: copying },
  ];
  return (
    <Card isFlush title={t("verification.roots.title")} note={t("verification.roots.note")}>
      <DataTable
        rows={roots.data?.pages.flatMap((page) => page.items)}
        columns={columns}
        rowKey={(root) => root.id}
        error={roots.error}
        onRetry={() => void roots.refetch()}
        empty={
          <EmptyState
            icon={<KeyOutlined />}
            title={t("verification.roots.empty")}
            hint={t("verification.roots.emptyHint")}
          />
        }
        card={(root) => (
          <div className={styles.cardLine}>
            <span>
              {count(root.id)} · {moment(root.made_at)}
              <div className={styles.quiet}>
                {t("verification.roots.column.accounts")} {count(root.accounts)} · {root.hash.slice(0, 16)}…
              </div>
            </span>
            {copying(root)}
          </div>
        )}
        footer={
          roots.hasNextPage && (
            <div className={styles.more}>
              <Button loading={roots.isFetchingNextPage} onClick={() => void roots.fetchNextPage()}>
                {t("kit.more")}
              </Button>
            </div>
          )
        }
      />
    </Card>
  );
}

import { KeyOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiKey, type MadeApiKey, useApiKeys } from "../../api/apiKeys";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { ApiKeyForm } from "./ApiKeyForm";
import { ApiKeyView } from "./ApiKeyView";
import styles from "./apiKeys.module.css";
import { SecretDialog } from "./SecretDialog";
import { stateOf } from "./stateOf";

const defaults = { key: "" };

export function ApiKeysPage() {
  const { t } = useTranslation();
  const mayWrite = useMay()("api_keys.write");
  const [state, patch] = useUrlState(defaults);
  const [made, setMade] = useState<MadeApiKey | null>(null);
  const keys = useApiKeys();
  const columns = useColumns();
  const isNew = state.key === "new";
  const open = keys.data?.items.find((one) => String(one.id) === state.key);
  const make = mayWrite && (
    <Button type="primary" onClick={() => patch({ key: "new" })}>
      {t("apiKeys.make")}
    </Button>
  );
  return (
    <Page title={t("apiKeys.title")} purpose={t("apiKeys.purpose")} action={make}>
      <RecordList
        name="api-keys"
        defaults={defaults}
        apart={["key"]}
        page={keys}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => patch({ key: String(row.id) })}
        selected={open?.id}
        card={(row) => <KeyCard row={row} />}
        empty={
          <EmptyState
            icon={<KeyOutlined />}
            title={t("apiKeys.empty.title")}
            hint={t("apiKeys.empty.hint")}
            action={make}
          />
        }
      />
      <Drawer
        open={isNew || open !== undefined}
        onClose={() => patch({ key: "" })}
        size={560}
        title={isNew ? t("apiKeys.make") : open?.name}
        destroyOnHidden
      >
        {isNew && (
          <ApiKeyForm
            onDone={(key) => {
              patch({ key: "" });
              setMade(key);
            }}
          />
        )}
        {open && <ApiKeyView row={open} onMade={setMade} />}
      </Drawer>
      <SecretDialog made={made} onClose={() => setMade(null)} />
    </Page>
  );
}

function useColumns(): Column<ApiKey>[] {
  const { t } = useTranslation();
  const { count, moment, since } = useFormat();
  return [
    { key: "name", title: t("apiKeys.column.name"), render: (row) => row.name, isFixed: true },
    {
      key: "prefix",
      title: t("apiKeys.column.prefix"),
      render: (row) => <code className={styles.prefix}>{row.prefix}…</code>,
    },
    { key: "state", title: t("apiKeys.column.state"), render: (row) => <State row={row} /> },
    {
      key: "scopes",
      title: t("apiKeys.column.scopes"),
      isNumber: true,
      render: (row) => count(row.scopes.length),
    },
    {
      key: "stores",
      title: t("apiKeys.column.stores"),
      render: (row) =>
        row.store_ids ? t("apiKeys.stores", { count: row.store_ids.length }) : t("apiKeys.allStores"),
    },
    {
      key: "used",
      title: t("apiKeys.column.used"),
      render: (row) => (
        <span className="num">{row.last_used_at ? since(row.last_used_at) : t("apiKeys.neverUsed")}</span>
      ),
    },
    {
      key: "expires",
      title: t("apiKeys.column.expires"),
      render: (row) => (
        <span className="num">{row.expires_at ? moment(row.expires_at) : t("apiKeys.noExpiry")}</span>
      ),
    },
    { key: "by", title: t("apiKeys.column.by"), render: (row) => row.created_by.name },
  ];
}

export function State({ row }: { row: ApiKey }) {
  const { t } = useTranslation();
  const state = stateOf(row);
  return <Swatch tone={state === "live" ? "good" : "plain"}>{t(`apiKeys.state.${state}`)}</Swatch>;
}

function KeyCard({ row }: { row: ApiKey }) {
  const { t } = useTranslation();
  const { since } = useFormat();
  return (
    <>
      <div className={styles.cardLine}>
        <span>{row.name}</span>
        <State row={row} />
      </div>
      <div className={`${styles.cardLine} ${styles.quiet}`}>
        <code className={styles.prefix}>{row.prefix}…</code>
        <span className="num">{row.last_used_at ? since(row.last_used_at) : t("apiKeys.neverUsed")}</span>
      </div>
    </>
  );
}

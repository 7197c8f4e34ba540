import { ShopOutlined } from "@ant-design/icons";
import { App, Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import type { Region, Store } from "../../api/contract";
import { useEmployees, useOpenOrCloseStore } from "../../api/organization";
import { useMay } from "../../api/session";
import type { useStores } from "../../api/stores";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { RecordList } from "../../kit/list/RecordList";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { storeDefaults } from "./listState";
import { OrganizationCard } from "./OrganizationCard";
import styles from "./organization.module.css";

interface TableProps {
  stores: ReturnType<typeof useStores>;
  shown: Store[] | undefined;
  regions: Region[];
  isRegion: boolean;
  onEdit: (store: Store) => void;
}

/** The stores of a region, or all of them, and what can be done with each. */
export function StoreTable({ stores, shown, regions, isRegion, onEdit }: TableProps) {
  const { t } = useTranslation();
  const { count, day } = useFormat();
  const may = useMay();
  const employees = useEmployees(may("employees.read"));
  const people = (store: Store) =>
    employees.data?.filter((one) => one.store_id === store.id && one.state === "active").length ?? 0;
  const state = (store: Store) => (
    <Swatch tone={store.status === "open" ? "good" : "plain"}>
      {store.status === "open"
        ? t("organization.stores.open")
        : store.closed_on
          ? t("organization.stores.closedOn", { day: day(store.closed_on) })
          : t("organization.stores.closed")}
    </Swatch>
  );
  const columns: Column<Store>[] = [
    { key: "name", title: t("organization.stores.column.name"), render: (one) => one.name },
    { key: "code", title: t("organization.stores.column.code"), render: (one) => one.code },
    {
      key: "region",
      title: t("organization.stores.column.region"),
      render: (one) => regions.find(({ id }) => id === one.region_id)?.name ?? t("organization.stores.none"),
    },
    {
      key: "country",
      title: t("organization.stores.column.country"),
      render: (one) => one.country ?? t("kit.none"),
    },
    {
      key: "people",
      title: t("organization.stores.column.people"),
      isNumber: true,
      render: (one) => count(people(one)),
    },
    { key: "state", title: t("organization.stores.column.state"), render: state },
    ...(may("stores.write")
      ? [
          {
            key: "do",
            title: "",
            render: (one: Store) => <StoreActions store={one} onEdit={() => onEdit(one)} />,
          },
        ]
      : []),
  ];
  return (
    <RecordList
      name="stores"
      defaults={storeDefaults}
      page={stores}
      rows={shown}
      title={t("organization.stores.list")}
      columns={columns}
      rowKey={(one) => one.id}
      card={(one) => (
        <OrganizationCard name={one.name} state={state(one)}>
          <div className={styles.line}>
            <span className={styles.why}>{one.code}</span>
            {may("stores.write") && (
              <span>
                <StoreActions store={one} onEdit={() => onEdit(one)} />
              </span>
            )}
          </div>
        </OrganizationCard>
      )}
      empty={
        <EmptyState
          icon={<ShopOutlined />}
          title={t(isRegion ? "organization.stores.emptyRegion.title" : "organization.stores.empty.title")}
          hint={t(isRegion ? "organization.stores.emptyRegion.hint" : "organization.stores.empty.hint")}
        />
      }
    />
  );
}

function StoreActions({ store, onEdit }: { store: Store; onEdit: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const change = useOpenOrCloseStore();
  const isOpening = store.status === "closed";
  const go = () =>
    change.mutate(
      { id: store.id, isOpening },
      {
        onSuccess: () => void message.success(t("organization.stores.changed")),
        onError: (error) => void message.error(error.message),
      },
    );
  return (
    <>
      <Button type="link" size="small" onClick={onEdit}>
        {t("organization.stores.edit")}
      </Button>
      {isOpening ? (
        <Button type="link" size="small" onClick={go} loading={change.isPending}>
          {t("organization.stores.reopen")}
        </Button>
      ) : (
        <Popconfirm
          title={t("organization.stores.closeAsk", { name: store.name })}
          description={t("organization.stores.closeHint")}
          okText={t("organization.stores.close")}
          cancelText={t("organization.stores.form.cancel")}
          onConfirm={go}
        >
          <Button type="link" size="small">
            {t("organization.stores.close")}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}

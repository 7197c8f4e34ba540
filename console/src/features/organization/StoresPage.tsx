import { ShopOutlined } from "@ant-design/icons";
import { App, Button, Popconfirm, Tree, type TreeDataNode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Region, Store } from "../../api/contract";
import { useEmployees, useOpenOrCloseStore, useRegions } from "../../api/organization";
import { useMay } from "../../api/session";
import { useStores } from "../../api/stores";
import { Card } from "../../kit/Card";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./organization.module.css";
import { RegionForm } from "./RegionForm";
import { type RegionNode, treeOf, within } from "./regionTree";
import { StoreForm } from "./StoreForm";

const defaults = { region: "" };

type Open = { store: Store | null } | { region: Region | null } | null;

export function StoresPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ region }, patch] = useUrlState(defaults);
  const stores = useStores();
  const regions = useRegions();
  const [open, setOpen] = useState<Open>(null);
  const known = regions.data ?? [];
  const chosen = known.find((one) => String(one.id) === region) ?? null;
  const inside = chosen ? within(chosen.id, known) : null;
  const shown = stores.data?.filter((one) => !inside || inside.has(one.region_id ?? 0));
  const mayWrite = may("stores.write");
  return (
    <Page
      title={t("organization.stores.title")}
      purpose={t("organization.stores.purpose")}
      action={
        mayWrite && (
          <Button type="primary" onClick={() => setOpen({ store: null })}>
            {t("organization.stores.add")}
          </Button>
        )
      }
    >
      <div className={styles.columns}>
        <Card
          title={t("organization.regions.title")}
          extra={
            mayWrite && (
              <Button size="small" onClick={() => setOpen({ region: null })}>
                {t("organization.stores.addRegion")}
              </Button>
            )
          }
        >
          <Tree
            blockNode
            defaultExpandAll
            key={known.length}
            selectedKeys={[region]}
            onSelect={([key]) => patch({ region: String(key ?? "") })}
            treeData={[
              {
                key: "",
                title: `${t("organization.stores.all")} (${stores.data?.length ?? 0})`,
              },
              ...treeOf(known, stores.data ?? []).map(node),
            ]}
          />
          {chosen && mayWrite && (
            <Button type="link" onClick={() => setOpen({ region: chosen })}>
              {t("organization.regions.edit")}
            </Button>
          )}
        </Card>
        <StoreTable
          stores={stores}
          shown={shown}
          regions={known}
          isRegion={chosen !== null}
          onEdit={(store) => setOpen({ store })}
        />
      </div>
      {open && "store" in open && (
        <StoreForm store={open.store} region={chosen?.id ?? null} onClose={() => setOpen(null)} />
      )}
      {open && "region" in open && (
        <RegionForm region={open.region} parent={chosen?.id ?? null} onClose={() => setOpen(null)} />
      )}
    </Page>
  );
}

function node(one: RegionNode): TreeDataNode {
  return {
    key: String(one.region.id),
    title: `${one.region.name} (${one.stores})`,
    children: one.children.map(node),
  };
}

interface TableProps {
  stores: ReturnType<typeof useStores>;
  shown: Store[] | undefined;
  regions: Region[];
  isRegion: boolean;
  onEdit: (store: Store) => void;
}

function StoreTable({ stores, shown, regions, isRegion, onEdit }: TableProps) {
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
      defaults={defaults}
      page={stores}
      rows={shown}
      title={t("organization.stores.list")}
      columns={columns}
      rowKey={(one) => one.id}
      card={(one) => (
        <div>
          <div className={styles.line}>
            <b>{one.name}</b>
            {state(one)}
          </div>
          <div className={styles.line}>
            <span className={styles.why}>{one.code}</span>
            {may("stores.write") && (
              <span>
                <StoreActions store={one} onEdit={() => onEdit(one)} />
              </span>
            )}
          </div>
        </div>
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

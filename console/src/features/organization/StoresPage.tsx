import { Button, Tree, type TreeDataNode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Region, Store } from "../../api/contract";
import { useRegions } from "../../api/organization";
import { useMay } from "../../api/session";
import { useStores } from "../../api/stores";
import { Card } from "../../kit/Card";
import { Page } from "../../kit/Page";
import { useUrlState } from "../../kit/useUrlState";
import { storeDefaults } from "./listState";
import styles from "./organization.module.css";
import { RegionForm } from "./RegionForm";
import { type RegionNode, treeOf, within } from "./regionTree";
import { StoreForm } from "./StoreForm";
import { StoreTable } from "./StoreTable";

type Open = { store: Store | null } | { region: Region | null } | null;

export function StoresPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ region }, patch] = useUrlState(storeDefaults);
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

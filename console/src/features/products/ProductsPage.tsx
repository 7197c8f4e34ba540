import { PlusOutlined, TagsOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Product, useProductGroups, useProducts } from "../../api/products";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import filters from "../../kit/Filters.module.css";
import { keysetDefaults } from "../../kit/keysetState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { SearchField } from "../../kit/SearchField";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { ProductForm } from "./ProductForm";
import styles from "./products.module.css";
import { UploadProducts } from "./UploadProducts";

const defaults = { ...keysetDefaults, q: "", category: "", brand: "" };
/** In the address, for products that have none. */
const WITHOUT = "-";

export function ProductsPage() {
  const { t } = useTranslation();
  const { count, money } = useFormat();
  const mayWrite = useMay()("products.write");
  const [state, patch] = useUrlState(defaults);
  const [edited, setEdited] = useState<Product | "new" | null>(null);
  const groups = useProductGroups();
  const wanted = (value: string) => (value === WITHOUT ? "" : value || undefined);
  const page = useProducts({
    q: state.q || undefined,
    category: wanted(state.category),
    brand: wanted(state.brand),
    limit: Number(state.limit),
    cursor: state.cursor || undefined,
  });
  const none = t("kit.none");
  const columns: Column<Product>[] = [
    { key: "code", title: t("products.column.code"), render: (one) => <b>{one.code}</b> },
    { key: "name", title: t("products.column.name"), render: (one) => one.name },
    {
      key: "price",
      title: t("products.column.price"),
      isNumber: true,
      render: (one) => (one.price_minor === null ? none : money(one.price_minor)),
    },
    {
      key: "barcodes",
      title: t("products.column.barcodes"),
      render: (one) => (one.barcodes.length > 0 ? one.barcodes.join(t("products.between")) : none),
    },
    { key: "category", title: t("products.column.category"), render: (one) => one.category ?? none },
    { key: "brand", title: t("products.column.brand"), render: (one) => one.brand ?? none },
    {
      key: "goods",
      title: t("products.column.goods"),
      render: (one) => (one.is_goods ? t("products.goods") : t("products.noGoods")),
    },
  ];
  const isFiltered = Boolean(state.q || state.category || state.brand);
  const options = (all: { name: string; products: number }[] | undefined) => [
    ...(all ?? []).map((one) => ({
      value: one.name,
      label: t("products.group", { name: one.name, value: count(one.products) }),
    })),
    { value: WITHOUT, label: t("products.without") },
  ];
  return (
    <Page
      title={t("products.title")}
      purpose={t("products.purpose")}
      action={
        mayWrite && (
          <span className={styles.actions}>
            <UploadProducts />
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>
              {t("products.add")}
            </Button>
          </span>
        )
      }
    >
      <RecordList
        name="products"
        defaults={defaults}
        page={page}
        filters={
          <div className={filters.filters}>
            <SearchField
              value={state.q}
              onChange={(q) => patch({ q, cursor: "" })}
              placeholder={t("products.search")}
            />
            <Select
              allowClear
              showSearch
              className={filters.select}
              aria-label={t("products.column.category")}
              placeholder={t("products.column.category")}
              value={state.category || undefined}
              onChange={(category?: string) => patch({ category: category ?? "", cursor: "" })}
              options={options(groups.data?.categories)}
            />
            <Select
              allowClear
              showSearch
              className={filters.select}
              aria-label={t("products.column.brand")}
              placeholder={t("products.column.brand")}
              value={state.brand || undefined}
              onChange={(brand?: string) => patch({ brand: brand ?? "", cursor: "" })}
              options={options(groups.data?.brands)}
            />
          </div>
        }
        columns={columns}
        rowKey={(one) => one.id}
        onOpen={mayWrite ? setEdited : undefined}
        card={(one) => (
          <div className={styles.card}>
            <b>{one.name}</b>
            <span className={styles.quiet}>
              {[one.code, one.price_minor === null ? null : money(one.price_minor), one.category, one.brand]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </div>
        )}
        empty={
          <EmptyState
            icon={<TagsOutlined />}
            title={t(isFiltered ? "products.empty.filtered" : "products.empty.title")}
            hint={isFiltered ? undefined : t("products.empty.hint")}
          />
        }
      />
      {edited && (
        <ProductForm
          product={edited === "new" ? null : edited}
          groups={groups.data}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  );
}

import { CloseOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { OrderKind } from "../../api/contract";
import { DayRange } from "../../kit/DayRange";
import styles from "../../kit/Filters.module.css";
import { SearchField } from "../../kit/SearchField";
import { StoreSelect } from "../../kit/StoreSelect";
import { hasFilters, noFilters, type OrderListState } from "./listState";

interface Props {
  state: OrderListState;
  patch: (change: Partial<OrderListState>, how?: { isReplacing?: boolean }) => void;
}

const kinds: readonly OrderKind[] = ["sale", "refund", "adjustment"];

export function OrderFilters({ state, patch }: Props) {
  const { t } = useTranslation();
  const filter = (change: Partial<OrderListState>) => patch({ ...change, cursor: "" });
  return (
    <div className={styles.filters}>
      <SearchField
        value={state.q}
        onChange={(q) => patch({ q, cursor: "" }, { isReplacing: true })}
        placeholder={t("orders.searchPlaceholder")}
      />
      <Select
        allowClear
        className={styles.select}
        placeholder={t("orders.filter.kind")}
        aria-label={t("orders.filter.kind")}
        value={state.kind || undefined}
        onChange={(kind?: string) => filter({ kind: kind ?? "" })}
        popupMatchSelectWidth={false}
        options={kinds.map((kind) => ({ value: kind, label: t(`orders.kind.${kind}`) }))}
      />
      <StoreSelect value={state.store} onChange={(store) => filter({ store })} />
      <DayRange
        label={t("orders.filter.date")}
        from={state.from}
        to={state.to}
        onChange={(from, to) => filter({ from, to })}
      />
      {hasFilters(state) && (
        <Button type="text" icon={<CloseOutlined />} onClick={() => patch(noFilters)}>
          {t("orders.filter.clear")}
        </Button>
      )}
    </div>
  );
}

import { CloseOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useCouponTemplates } from "../../../api/coupons";
import { DayRange } from "../../../kit/DayRange";
import styles from "../../../kit/Filters.module.css";
import { SearchField } from "../../../kit/SearchField";
import { StoreSelect } from "../../../kit/StoreSelect";
import { useFormat } from "../../../kit/useFormat";
import { type HeldListState, hasFilters, noFilters, states } from "./listState";

interface Props {
  state: HeldListState;
  patch: (change: Partial<HeldListState>, how?: { isReplacing?: boolean }) => void;
}

export function CouponFilters({ state, patch }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const templates = useCouponTemplates({ limit: 200 });
  const filter = (change: Partial<HeldListState>) => patch({ ...change, cursor: "" });
  return (
    <div className={styles.filters}>
      <SearchField
        value={state.q}
        onChange={(q) => patch({ q, cursor: "" }, { isReplacing: true })}
        placeholder={t("couponHolding.filter.code")}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        className={styles.select}
        placeholder={t("couponHolding.filter.template")}
        aria-label={t("couponHolding.filter.template")}
        value={state.template || undefined}
        onChange={(template?: string) => filter({ template: template ?? "" })}
        popupMatchSelectWidth={false}
        options={templates.data?.items.map((one) => ({ value: one.code, label: name(one.name) })) ?? []}
      />
      <Select
        allowClear
        className={styles.select}
        placeholder={t("couponHolding.filter.state")}
        aria-label={t("couponHolding.filter.state")}
        value={state.state || undefined}
        onChange={(one?: string) => filter({ state: one ?? "" })}
        popupMatchSelectWidth={false}
        options={states.map((one) => ({ value: one, label: t(`couponHolding.state.${one}`) }))}
      />
      <StoreSelect value={state.store} onChange={(store) => filter({ store })} />
      <DayRange
        label={t("couponHolding.filter.issued")}
        from={state.from}
        to={state.to}
        onChange={(from, to) => filter({ from, to })}
      />
      {hasFilters(state) && (
        <Button type="text" icon={<CloseOutlined />} onClick={() => patch(noFilters)}>
          {t("couponHolding.filter.clear")}
        </Button>
      )}
    </div>
  );
}

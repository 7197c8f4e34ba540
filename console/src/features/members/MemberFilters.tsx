import { CloseOutlined, FilterOutlined } from "@ant-design/icons";
import { Button, Popover, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { useTiers } from "../../api/tiers";
import { DayRange } from "../../kit/DayRange";
import styles from "../../kit/Filters.module.css";
import { SearchField } from "../../kit/SearchField";
import { StoreSelect } from "../../kit/StoreSelect";
import { useFormat } from "../../kit/useFormat";
import { useNarrow } from "../../kit/useNarrow";
import { CustomFilter } from "../customFields/CustomFilter";
import { ConditionFilter } from "./conditions/ConditionFilter";
import { hasFilters, type MemberListState, noFilters } from "./listState";
import { NumberRange } from "./NumberRange";

interface Props {
  state: MemberListState;
  patch: (change: Partial<MemberListState>, how?: { isReplacing?: boolean }) => void;
}

const ranges = ["spend", "points", "orders"] as const;

export function MemberFilters({ state, patch }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const filter = (change: Partial<MemberListState>) => patch({ ...change, cursor: "" });
  const fields = (
    <>
      {may("tiers.read") && <TierSelect value={state.tier} onChange={(tier) => filter({ tier })} />}
      {may("stores.read") && <StoreSelect value={state.store} onChange={(store) => filter({ store })} />}
      {ranges.map((key) => (
        <NumberRange
          key={key}
          label={t(`members.filter.${key}`)}
          min={state[`${key}_min`]}
          max={state[`${key}_max`]}
          isMoney={key === "spend"}
          onChange={(min, max) => filter({ [`${key}_min`]: min, [`${key}_max`]: max })}
        />
      ))}
      <DayRange
        label={t("members.filter.lastOrder")}
        from={state.last_order_from}
        to={state.last_order_to}
        onChange={(from, to) => filter({ last_order_from: from, last_order_to: to })}
      />
      <DayRange
        label={t("members.filter.joined")}
        from={state.joined_from}
        to={state.joined_to}
        onChange={(from, to) => filter({ joined_from: from, joined_to: to })}
      />
      <CustomFilter value={state.custom} onChange={(custom) => filter({ custom })} />
    </>
  );
  return (
    <div className={styles.filters}>
      <SearchField
        value={state.q}
        onChange={(q) => patch({ q, cursor: "" }, { isReplacing: true })}
        placeholder={t("members.searchPlaceholder")}
      />
      {isNarrow ? (
        <Popover
          open={isOpen}
          onOpenChange={setOpen}
          trigger="click"
          placement="bottomRight"
          content={<div className={styles.sheet}>{fields}</div>}
        >
          <Button icon={<FilterOutlined />}>{t("members.filter.more")}</Button>
        </Popover>
      ) : (
        fields
      )}
      <ConditionFilter state={state} patch={patch} />
      {hasFilters(state) && (
        <Button type="text" icon={<CloseOutlined />} onClick={() => patch(noFilters)}>
          {t("members.filter.clear")}
        </Button>
      )}
    </div>
  );
}

interface FieldProps {
  value: string;
  onChange: (value: string) => void;
}

function TierSelect({ value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { data } = useTiers();
  return (
    <Select
      mode="multiple"
      className={styles.select}
      placeholder={t("members.filter.tier")}
      aria-label={t("members.filter.tier")}
      value={value ? value.split(",") : []}
      onChange={(codes: string[]) => onChange(codes.join(","))}
      maxTagCount={2}
      popupMatchSelectWidth={false}
      showSearch={false}
      allowClear
      options={data?.levels.map((level) => ({ value: level.code, label: name(level.name) }))}
    />
  );
}

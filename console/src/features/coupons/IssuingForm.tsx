import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, DatePicker, Input, InputNumber, Select, Switch } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Issuing } from "../../api/coupons";
import type { Condition } from "../../kit/conditions";
import styles from "./coupons.module.css";
import { Field, MoneyInput, NumberField } from "./form/Field";
import { MembersField } from "./form/MembersField";
import type { PartProps } from "./form/terms";

const periods = ["day", "week", "month", "year", "lifetime"] as const;

/** Stock, limits, budgets and reminders. */
export function AmountFields({ value, onChange }: PartProps<Issuing>) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.fields}>
        <NumberField
          label={t("coupons.issuing.stock")}
          help={t("coupons.issuing.stockHelp")}
          pointer="/stock"
          value={value.stock}
          onChange={(stock) => onChange({ ...value, stock })}
          min={0}
          max={10_000_000}
          placeholder={t("coupons.endless")}
        />
        <NumberField
          label={t("coupons.issuing.remind")}
          help={t("coupons.issuing.remindHelp")}
          pointer="/remind_days"
          value={value.remind_days}
          onChange={(remind_days) => onChange({ ...value, remind_days })}
          min={1}
          max={90}
          suffix={t("coupons.issuing.days")}
        />
      </div>
      <LimitFields value={value.limits ?? []} onChange={(limits) => onChange({ ...value, limits })} />
      <BudgetFields value={value.budgets ?? []} onChange={(budgets) => onChange({ ...value, budgets })} />
    </>
  );
}

type Limit = Issuing["limits"][number];
type Budget = Issuing["budgets"][number];

function LimitFields({ value, onChange }: PartProps<Limit[]>) {
  const { t } = useTranslation();
  const change = (place: number, next: Partial<Limit>) =>
    onChange(value.map((kept, number) => (number === place ? { ...kept, ...next } : kept)));
  return (
    <Field label={t("coupons.issuing.limits")} pointer="/limits">
      <div className={styles.items} style={{ marginBottom: 0 }}>
        {value.length === 0 && <span className={styles.quiet}>{t("coupons.issuing.limitsNone")}</span>}
        {value.map((limit, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: limits have no name but their place
          <span key={place} className={styles.item}>
            <PeriodSelect value={limit.period} onChange={(period) => change(place, { period })} />
            <InputNumber
              aria-label={t("coupons.issuing.most")}
              min={1}
              max={1000}
              precision={0}
              value={limit.most}
              onChange={(most) => change(place, { most: most ?? 1 })}
            />
            <RemoveButton onClick={() => onChange(value.filter((_kept, number) => number !== place))} />
          </span>
        ))}
        <AddButton
          label={t("coupons.issuing.addLimit")}
          isFull={value.length >= 5}
          onClick={() => onChange([...value, { period: unused(value, "lifetime"), most: 1 }])}
        />
      </div>
    </Field>
  );
}

function BudgetFields({ value, onChange }: PartProps<Budget[]>) {
  const { t } = useTranslation();
  const change = (place: number, next: Partial<Budget>) =>
    onChange(value.map((kept, number) => (number === place ? { ...kept, ...next } : kept)));
  return (
    <Field label={t("coupons.issuing.budgets")} help={t("coupons.issuing.budgetsHelp")} pointer="/budgets">
      <div className={styles.items} style={{ marginBottom: 0 }}>
        {value.length === 0 && <span className={styles.quiet}>{t("coupons.issuing.budgetsNone")}</span>}
        {value.map((budget, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: budgets have no name but their place
          <span key={place} className={styles.item}>
            <PeriodSelect value={budget.period} onChange={(period) => change(place, { period })} />
            <Select
              aria-label={t("coupons.issuing.counts")}
              value={budget.counts}
              onChange={(counts) => change(place, { counts })}
              popupMatchSelectWidth={false}
              options={(["discount", "count"] as const).map((one) => ({
                value: one,
                label: t(`coupons.issuing.countsOf.${one}`),
              }))}
            />
            <span className={styles.amount}>
              {budget.counts === "discount" ? (
                <MoneyInput
                  label={t("coupons.issuing.limit")}
                  value={budget.limit}
                  onChange={(limit) => change(place, { limit: limit ?? 0 })}
                />
              ) : (
                <InputNumber
                  aria-label={t("coupons.issuing.limit")}
                  className={styles.full}
                  min={1}
                  precision={0}
                  value={budget.limit}
                  onChange={(limit) => change(place, { limit: limit ?? 1 })}
                />
              )}
            </span>
            <RemoveButton onClick={() => onChange(value.filter((_kept, number) => number !== place))} />
          </span>
        ))}
        <AddButton
          label={t("coupons.issuing.addBudget")}
          isFull={value.length >= 5}
          onClick={() =>
            onChange([...value, { counts: "discount", period: unused(value, "month"), limit: 1_000_000 }])
          }
        />
      </div>
    </Field>
  );
}

/** Claiming by members: when, with which word, who, and whether many come at once. */
export function ClaimingFields({ value: issuing, onChange }: PartProps<Issuing>) {
  const { t } = useTranslation();
  const value = issuing.claiming;
  const change = (next: Partial<Issuing["claiming"]>) =>
    onChange({ ...issuing, claiming: { ...value, ...next } });
  const at = (text: string | null | undefined) => (text ? dayjs(text) : null);
  const moment = (name: "opens_at" | "closes_at", label: string) => (
    <Field label={label} pointer={`/claiming/${name}`}>
      <DatePicker
        id={`/claiming/${name}`}
        showTime={{ format: "HH:mm" }}
        format="YYYY-MM-DD HH:mm"
        className={styles.full}
        value={at(value[name])}
        onChange={(next) => change({ [name]: next ? next.toISOString() : null })}
      />
    </Field>
  );
  return (
    <div className={styles.fields}>
      <Field isWide label={t("coupons.issuing.isOpen")} pointer="/claiming/is_open">
        <Switch id="/claiming/is_open" checked={value.is_open} onChange={(is_open) => change({ is_open })} />
      </Field>
      {value.is_open && (
        <>
          {moment("opens_at", t("coupons.issuing.from"))}
          {moment("closes_at", t("coupons.issuing.until"))}
          <Field isWide label={t("coupons.issuing.members")} pointer="/claiming/members">
            <MembersField
              value={(value.members ?? null) as Condition | null}
              onChange={(members) => change({ members: members as Issuing["claiming"]["members"] })}
            />
          </Field>
          <Field
            label={t("coupons.issuing.rush")}
            help={t("coupons.issuing.rushHelp")}
            pointer="/claiming/is_rush"
          >
            <Switch
              id="/claiming/is_rush"
              checked={value.is_rush}
              onChange={(is_rush) => change({ is_rush })}
            />
          </Field>
          {value.is_rush && (
            <NumberField
              label={t("coupons.issuing.perAddress")}
              pointer="/claiming/most_per_address"
              value={value.most_per_address}
              onChange={(most_per_address) => change({ most_per_address })}
              min={1}
              max={100_000}
              placeholder={t("coupons.form.unlimited")}
            />
          )}
        </>
      )}
      <Field label={t("coupons.issuing.word")} help={t("coupons.issuing.wordHelp")} pointer="/claiming/word">
        <Input
          id="/claiming/word"
          maxLength={40}
          value={value.word ?? ""}
          onChange={({ target }) => change({ word: target.value.trim() || null })}
        />
      </Field>
    </div>
  );
}

function PeriodSelect({ value, onChange }: PartProps<Limit["period"]>) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t("coupons.issuing.period")}
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={periods.map((one) => ({ value: one, label: t(`coupons.issuing.periods.${one}`) }))}
    />
  );
}

function RemoveButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button type="text" icon={<DeleteOutlined />} aria-label={t("coupons.form.remove")} onClick={onClick} />
  );
}

function AddButton({ label, isFull, onClick }: { label: string; isFull: boolean; onClick: () => void }) {
  if (isFull) return null;
  return (
    <span>
      <Button icon={<PlusOutlined />} onClick={onClick}>
        {label}
      </Button>
    </span>
  );
}

/** A period that is not taken yet, the wanted one if it is free. */
function unused(taken: readonly { period: Limit["period"] }[], wanted: Limit["period"]): Limit["period"] {
  const free = [wanted, ...periods].find((one) => !taken.some(({ period }) => period === one));
  return free ?? wanted;
}

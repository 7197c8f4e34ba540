import { Alert, Checkbox, Input, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberImport, MemberImportChange } from "../../api/contract";
import { useMemberImportChange, useMemberImportFields } from "../../api/memberImports";
import { useStores } from "../../api/stores";
import { Card } from "../../kit/Card";
import { useFormat } from "../../kit/useFormat";
import styles from "./memberImports.module.css";

const keys = ["phone", "email", "card", "external"];
const policies = ["both", "create", "update"] as const;
const manners = ["fill", "overwrite"] as const;
const orders = ["ymd", "dmy", "mdy"] as const;
const regions = ["CN", "HK", "MO", "TW", "SG", "MY", "JP", "KR", "GB", "US", "DE", "FR", "AU"];

/** Who is recognised by what, and what becomes of them. */
export function RulesCard({ job }: { job: MemberImport }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const stores = useStores();
  const fields = useMemberImportFields();
  const change = useMemberImportChange(job.id);
  const { settings } = job;
  const set = (next: MemberImportChange) => change.mutate(next);
  const label = (code: string) => {
    const found = fields.data?.fields.find((one) => one.code === code);
    return found ? name(found.label) : code;
  };
  const text = (key: "channel" | "source") => (
    <Input
      key={settings[key]}
      defaultValue={settings[key]}
      maxLength={60}
      onBlur={(event) => {
        const value = event.target.value.trim();
        if (value && value !== settings[key]) set({ [key]: value });
      }}
    />
  );
  return (
    <Card title={t("memberImports.rules.title")}>
      <div className={styles.stack}>
        <div className={styles.grid}>
          <div className={styles.field}>
            {t("memberImports.rules.policy")}
            <Radio.Group
              vertical
              value={settings.policy}
              onChange={(event) => set({ policy: event.target.value })}
              options={policies.map((value) => ({
                value,
                label: t(`memberImports.rules.policies.${value}`),
              }))}
            />
          </div>
          <div className={styles.field}>
            {t("memberImports.rules.onUpdate")}
            <Radio.Group
              vertical
              disabled={settings.policy === "create"}
              value={settings.on_update}
              onChange={(event) => set({ on_update: event.target.value })}
              options={manners.map((value) => ({
                value,
                label: t(`memberImports.rules.onUpdates.${value}`),
              }))}
            />
          </div>
          <div className={styles.field}>
            <Checkbox
              checked={settings.is_sign_up}
              disabled={settings.policy === "update"}
              onChange={(event) => set({ is_sign_up: event.target.checked })}
            >
              {t("memberImports.rules.signUp")}
            </Checkbox>
            <span className={styles.quiet}>{t("memberImports.rules.signUpHint")}</span>
          </div>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
          <label className={styles.field}>
            {t("memberImports.rules.match")}
            <Select
              mode="multiple"
              value={settings.match}
              onChange={(match) => match.length > 0 && set({ match })}
              options={keys.map((value) => ({ value, label: label(value) }))}
            />
          </label>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
          <label className={styles.field}>
            {t("memberImports.rules.store")}
            <Select
              allowClear
              value={settings.store_id ?? undefined}
              onChange={(store?: number) => set({ store_id: store ?? null })}
              options={stores.data?.map((store) => ({ value: store.id, label: store.name }))}
            />
          </label>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
          <label className={styles.field}>
            {t("memberImports.rules.dateOrder")}
            <Select
              value={settings.date_order}
              onChange={(order) => set({ date_order: order })}
              options={orders.map((value) => ({
                value,
                label: t(`memberImports.rules.dateOrders.${value}`),
              }))}
            />
          </label>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
          <label className={styles.field}>
            {t("memberImports.rules.region")}
            <Select
              value={settings.phone_region}
              onChange={(region) => set({ phone_region: region })}
              options={regions.map((value) => ({ value, label: value }))}
            />
          </label>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
          <label className={styles.field}>
            {t("memberImports.rules.channel")}
            {text("channel")}
          </label>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
          <label className={styles.field}>
            {t("memberImports.rules.source")}
            {text("source")}
          </label>
        </div>
        {change.error && <Alert type="error" showIcon title={change.error.message} />}
      </div>
    </Card>
  );
}

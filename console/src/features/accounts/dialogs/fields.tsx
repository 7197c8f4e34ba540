import { DatePicker, Form, Input, InputNumber } from "antd";
import type { Dayjs } from "dayjs";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSystem } from "../../../api/system";
import styles from "./dialogs.module.css";

/** The ledger's own bound for one amount. */
const highest = 10 ** 15;

export function AmountField({ most = highest, after }: { most?: number; after?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="amount"
        label={t("accounts.field.amount")}
        rules={[{ required: true, type: "integer", min: 1, message: t("accounts.field.amountMissing") }]}
      >
        <InputNumber className={styles.full} min={1} max={most} precision={0} autoFocus inputMode="numeric" />
      </Form.Item>
      {after}
    </>
  );
}

export function ReasonField({ isNeeded = true }: { isNeeded?: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t("accounts.field.reason")}
      extra={t("accounts.field.reasonHelp")}
      rules={
        isNeeded ? [{ required: true, whitespace: true, message: t("accounts.field.reasonMissing") }] : []
      }
    >
      <Input.TextArea rows={2} maxLength={500} />
    </Form.Item>
  );
}

export function DayField({ name }: { name: "expiresOn" | "availableOn" }) {
  const { t } = useTranslation();
  const { data: system } = useSystem();
  return (
    <Form.Item name={name} label={t(`accounts.field.${name}`)} extra={t(`accounts.field.${name}Help`)}>
      <DatePicker
        className={styles.full}
        minDate={system ? dayjs(system.today) : undefined}
        placeholder=""
        format="YYYY-MM-DD"
      />
    </Form.Item>
  );
}

export function dayText(day: Dayjs | null | undefined): string | null {
  return day ? day.format("YYYY-MM-DD") : null;
}

/** What a person left out is left out, not sent as an empty text. */
export function reasonText(reason: string | undefined): string | null {
  return reason?.trim() || null;
}

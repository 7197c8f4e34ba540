import type { FormItemProps } from "antd";
import { DatePicker, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./currencies.module.css";
import { entryKinds } from "./useTold";

const expiries = ["none", "after", "on_dates", "inactivity"] as const;
const rounds = ["day", "month", "quarter", "half_year", "year"] as const;
const pendings = ["none", "days", "until", "event"] as const;
const negatives = ["refuse", "debt", "unlimited"] as const;
const restores = ["original", "grace", "new"] as const;

/** When value ends, when it can be used, what happens where too little is left, and where reversed value goes. */
export function PolicyFields() {
  const { t } = useTranslation();
  const pending = Form.useWatch(["pending", "kind"]);
  const negative = Form.useWatch(["negative", "kind"]);
  const restore = Form.useWatch(["restore", "kind"]);
  const needed = [{ required: true, message: t("currencies.form.needed") }];
  return (
    <>
      <ExpiryFields />
      <Form.Item name={["pending", "kind"]} label={t("currencies.form.pending")}>
        <Select
          options={pendings.map((value) => ({ value, label: t(`currencies.form.pendingKind.${value}`) }))}
        />
      </Form.Item>
      {pending === "days" && (
        <NumberField name={["pending", "days"]} label={t("currencies.form.pendingDays")} min={1} max={3660} />
      )}
      {pending === "until" && (
        <Form.Item name={["pending", "until"]} label={t("currencies.form.pendingUntil")} rules={needed}>
          <DatePicker className={styles.full} format="YYYY-MM-DD" placeholder="" />
        </Form.Item>
      )}
      {pending === "event" && (
        <Form.Item
          name={["pending", "event"]}
          label={t("currencies.form.pendingEvent")}
          extra={t("currencies.form.pendingEventHelp")}
          rules={needed}
        >
          <Input maxLength={100} />
        </Form.Item>
      )}
      <Form.Item name={["negative", "kind"]} label={t("currencies.form.negative")}>
        <Select
          options={negatives.map((value) => ({ value, label: t(`currencies.form.negativeKind.${value}`) }))}
        />
      </Form.Item>
      {negative === "debt" && (
        <NumberField
          name={["negative", "limit"]}
          label={t("currencies.form.negativeLimit")}
          min={0}
          max={10 ** 15}
        />
      )}
      <Form.Item name={["restore", "kind"]} label={t("currencies.form.restore")}>
        <Select
          options={restores.map((value) => ({ value, label: t(`currencies.form.restoreKind.${value}`) }))}
        />
      </Form.Item>
      {restore === "grace" && (
        <NumberField
          name={["restore", "days"]}
          label={t("currencies.form.restoreDays")}
          min={1}
          max={36_600}
        />
      )}
    </>
  );
}

function ExpiryFields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const kind = Form.useWatch(["expiry", "kind"]);
  const lasts = kind === "after" || kind === "inactivity";
  const someTime = {
    validator: () => {
      const { years, months, days } = form.getFieldValue("expiry") as Record<string, number | null>;
      return years || months || days
        ? Promise.resolve()
        : Promise.reject(new Error(t("currencies.form.someTime")));
    },
  };
  return (
    <>
      <Form.Item name={["expiry", "kind"]} label={t("currencies.form.expiry")}>
        <Select
          options={expiries.map((value) => ({ value, label: t(`currencies.form.expiryKind.${value}`) }))}
        />
      </Form.Item>
      {lasts && (
        <>
          <div className={styles.three}>
            <NumberField name={["expiry", "years"]} label={t("currencies.form.years")} min={0} max={100} />
            <NumberField name={["expiry", "months"]} label={t("currencies.form.months")} min={0} max={1200} />
            <NumberField
              name={["expiry", "days"]}
              label={t("currencies.form.days")}
              min={0}
              max={36_600}
              dependencies={[
                ["expiry", "years"],
                ["expiry", "months"],
              ]}
              rules={[someTime]}
            />
          </div>
          <Form.Item name={["expiry", "round_to"]} label={t("currencies.form.roundTo")}>
            <Select
              options={rounds.map((value) => ({ value, label: t(`currencies.form.round.${value}`) }))}
            />
          </Form.Item>
        </>
      )}
      {kind === "on_dates" && (
        <Form.Item
          name={["expiry", "dates"]}
          label={t("currencies.form.dates")}
          extra={t("currencies.form.datesHelp")}
          rules={[each(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, t("currencies.form.datesWrong"))]}
        >
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
      )}
      {kind === "inactivity" && (
        <Form.Item
          name={["expiry", "resets"]}
          label={t("currencies.form.resets")}
          extra={t("currencies.form.resetsHelp")}
          rules={[each(/^[a-z][a-z0-9_]*$/, t("currencies.form.resetsWrong"))]}
        >
          <Select
            mode="tags"
            options={entryKinds.map((value) => ({ value, label: t(`members.points.kind.${value}`) }))}
          />
        </Form.Item>
      )}
    </>
  );
}

interface NumberProps extends Omit<FormItemProps, "children"> {
  min: number;
  max: number;
}

function NumberField({ min, max, ...item }: NumberProps) {
  return (
    <Form.Item {...item}>
      <InputNumber className={styles.full} min={min} max={max} precision={0} />
    </Form.Item>
  );
}

/** At least one, and each of the wanted form. */
function each(pattern: RegExp, message: string) {
  return {
    validator: (_rule: unknown, value: string[] | undefined) =>
      value?.length && value.every((one) => pattern.test(one))
        ? Promise.resolve()
        : Promise.reject(new Error(message)),
  };
}

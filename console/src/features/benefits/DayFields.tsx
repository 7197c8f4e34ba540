import { Form, Input, InputNumber, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { BenefitKind } from "../../api/benefits";
import styles from "./benefits.module.css";
import { hasCalendar } from "./formValues";

const calendars = ["solar", "lunar"] as const;
const leapDays = ["february_28", "march_1"] as const;
const windows = ["days", "month"] as const;

/** Which day it is about, by which calendar, and how long around it. */
export function DayFields({ kind, isOnBirthday }: { kind: BenefitKind; isOnBirthday: boolean }) {
  const { t } = useTranslation();
  const calendar = Form.useWatch("calendar");
  const window = Form.useWatch("window");
  const isLunar = calendar === "lunar" && hasCalendar(kind, isOnBirthday);
  return (
    <>
      {hasCalendar(kind, isOnBirthday) && (
        <Form.Item
          name="calendar"
          label={t("benefits.form.calendar")}
          extra={isLunar && kind !== "date_gift" && t("benefits.form.lunarHelp")}
        >
          <Radio.Group
            options={calendars.map((value) => ({ value, label: t(`benefits.calendar.${value}`) }))}
          />
        </Form.Item>
      )}
      {kind === "date_gift" && (
        <Form.Item
          name="on"
          label={t("benefits.form.on")}
          extra={t(isLunar ? "benefits.form.onLunarHelp" : "benefits.form.onHelp")}
          rules={[
            {
              required: true,
              pattern: isLunar ? /^\d{2}-\d{2}$/ : /^(\d{4}-)?\d{2}-\d{2}$/,
              message: t("benefits.form.onWrong"),
            },
          ]}
        >
          <Input maxLength={10} placeholder={isLunar ? "08-15" : "11-11"} />
        </Form.Item>
      )}
      <Form.Item name="window" label={t("benefits.form.window")}>
        <Radio.Group options={windows.map((value) => ({ value, label: t(`benefits.window.${value}`) }))} />
      </Form.Item>
      {window !== "month" && (
        <div className={styles.two}>
          <Form.Item name="days_before" label={t("benefits.form.daysBefore")}>
            <InputNumber className={styles.full} min={0} max={60} precision={0} />
          </Form.Item>
          <Form.Item name="days_after" label={t("benefits.form.daysAfter")}>
            <InputNumber className={styles.full} min={0} max={120} precision={0} />
          </Form.Item>
        </div>
      )}
      {kind !== "date_gift" && !isLunar && (
        <Form.Item name="leap_day" label={t("benefits.form.leapDay")}>
          <Radio.Group
            options={leapDays.map((value) => ({ value, label: t(`benefits.leapDay.${value}`) }))}
          />
        </Form.Item>
      )}
    </>
  );
}

import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, DatePicker, Segmented, TimePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import styles from "../coupons.module.css";
import { Field, NumberField } from "./Field";
import { hoursOf, type PartProps, spanOf, type Validity } from "./terms";

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const clock = "HH:mm";

/** When a coupon may be used. */
export function ValidityFields({ value, onChange }: PartProps<Validity>) {
  const { t } = useTranslation();
  const kind = value.kind ?? "relative";
  const day = (text: string | null | undefined) => (text ? dayjs(text) : null);
  const named = value.weekdays ?? [];
  return (
    <div className={styles.fields}>
      <Field isWide label={t("coupons.form.validity")} pointer="/validity/kind">
        <Segmented
          value={kind}
          onChange={(next) => onChange({ weekdays: named, hours: value.hours ?? [], kind: next })}
          options={(["relative", "fixed"] as const).map((one) => ({
            value: one,
            label: t(`coupons.form.${one}`),
          }))}
        />
      </Field>
      {kind === "fixed" ? (
        <Field isWide label={t("coupons.form.period")} pointer="/validity/first_day">
          <DatePicker.RangePicker
            id={{ start: "/validity/first_day", end: "/validity/last_day" }}
            allowEmpty={[true, true]}
            value={[day(value.first_day), day(value.last_day)]}
            onChange={(days) =>
              onChange({
                ...value,
                first_day: days?.[0]?.format("YYYY-MM-DD") ?? null,
                last_day: days?.[1]?.format("YYYY-MM-DD") ?? null,
              })
            }
          />
        </Field>
      ) : (
        <>
          <NumberField
            label={t("coupons.form.days")}
            help={t("coupons.form.daysHelp")}
            pointer="/validity/days"
            value={value.days ?? 30}
            onChange={(days) => onChange({ ...value, days: days ?? 0 })}
            min={0}
            max={3650}
          />
          <NumberField
            label={t("coupons.form.afterDays")}
            pointer="/validity/after_days"
            value={value.after_days ?? 0}
            onChange={(after) => onChange({ ...value, after_days: after ?? 0 })}
            min={0}
            max={3650}
          />
        </>
      )}
      <Field isWide label={t("coupons.form.weekdays")} pointer="/validity/weekdays">
        <Checkbox.Group
          value={named.length > 0 ? named : [...weekdays]}
          onChange={(days) =>
            onChange({ ...value, weekdays: days.length === weekdays.length ? [] : days.toSorted() })
          }
          options={weekdays.map((one) => ({
            value: one as number,
            label: t(`coupons.form.weekday.d${one}`),
          }))}
        />
      </Field>
      <Hours value={value.hours ?? []} onChange={(hours) => onChange({ ...value, hours })} />
    </div>
  );
}

function Hours({ value, onChange }: PartProps<string[]>) {
  const { t } = useTranslation();
  return (
    <Field
      isWide
      label={t("coupons.form.hours")}
      help={t("coupons.form.hoursHelp")}
      pointer="/validity/hours"
    >
      <div className={styles.items} style={{ marginBottom: 0 }}>
        {value.map((hours, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two spans may say the same while they are chosen
          <span key={place} className={styles.item}>
            <TimePicker.RangePicker
              format={clock}
              minuteStep={5}
              // Over midnight, too: what ends before it begins.
              order={false}
              allowClear={false}
              value={spanOf(hours).map((one) => dayjs(one, clock)) as [dayjs.Dayjs, dayjs.Dayjs]}
              onChange={(span) => {
                const [from, until] = span ?? [];
                if (!from || !until) return;
                const next = hoursOf(from.format(clock), until.format(clock));
                onChange(value.map((kept, number) => (number === place ? next : kept)));
              }}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("coupons.form.remove")}
              onClick={() => onChange(value.filter((_kept, number) => number !== place))}
            />
          </span>
        ))}
        {value.length < 10 && (
          <span>
            <Button icon={<PlusOutlined />} onClick={() => onChange([...value, hoursOf("09:00", "18:00")])}>
              {t("coupons.form.addHours")}
            </Button>
          </span>
        )}
      </div>
    </Field>
  );
}

import { Select } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../kit/useFormat";
import styles from "./Demo.module.css";

/** What an empty shop begins with, and keeps. */
export interface Begun {
  currency: string;
  time_zone: string;
}

export function usualBeginning(): Begun {
  return { currency: "CNY", time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

interface Props {
  begun: Begun;
  onChange: (begun: Begun) => void;
}

/** The currency and the time zone of a shop that is about to begin. */
export function Beginning({ begun, onChange }: Props) {
  const { t } = useTranslation();
  const { currencyName } = useFormat();
  const [currency, zone] = [useId(), useId()];
  const zones = Intl.supportedValuesOf("timeZone");
  const named = (code: string) => ({ value: code, label: currencyName(code) });
  return (
    <div className={styles.stack}>
      <label htmlFor={currency}>{t("settings.demonstration.currency")}</label>
      <Select
        id={currency}
        showSearch={{ optionFilterProp: "label" }}
        value={begun.currency}
        options={Intl.supportedValuesOf("currency").map(named)}
        onChange={(value) => onChange({ ...begun, currency: value })}
      />
      <label htmlFor={zone}>{t("settings.demonstration.timeZone")}</label>
      <Select
        id={zone}
        showSearch
        value={begun.time_zone}
        options={zones.map((value) => ({ value, label: value }))}
        onChange={(value) => onChange({ ...begun, time_zone: value })}
      />
      <p className={styles.quiet}>{t("settings.demonstration.beginningWhy")}</p>
    </div>
  );
}

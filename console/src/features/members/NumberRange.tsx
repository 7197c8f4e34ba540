import { DownOutlined } from "@ant-design/icons";
import { Button, InputNumber, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../../kit/Filters.module.css";
import { asNumber } from "../../kit/urlState";
import { useFormat } from "../../kit/useFormat";

interface Props {
  label: string;
  min: string;
  max: string;
  isMoney?: boolean;
  onChange: (min: string, max: string) => void;
}

/** A calm chip that says what it limits, with the two numbers behind it. */
export function NumberRange({ label, min, max, isMoney = false, onChange }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const [draft, setDraft] = useState({ min: asNumber(min), max: asNumber(max) });
  const isSet = min !== "" || max !== "";
  const told = () => {
    const from = min === "" ? "" : count(Number(min));
    const to = max === "" ? "" : count(Number(max));
    if (from && to) return t("members.filter.between", { from, to });
    return from ? t("members.filter.atLeast", { value: from }) : t("members.filter.atMost", { value: to });
  };
  const apply = (next: { min: number | undefined; max: number | undefined }) => {
    onChange(next.min === undefined ? "" : String(next.min), next.max === undefined ? "" : String(next.max));
    setOpen(false);
  };
  const field = (key: "min" | "max") => (
    // biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label
    <label className={styles.field}>
      {t(`members.filter.${key}`)}
      <InputNumber
        value={draft[key] ?? null}
        min={isMoney ? undefined : 0}
        precision={isMoney ? 2 : 0}
        style={{ width: 160 }}
        onChange={(value) => setDraft((now) => ({ ...now, [key]: value ?? undefined }))}
        onPressEnter={() => apply(draft)}
      />
    </label>
  );
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (open) setDraft({ min: asNumber(min), max: asNumber(max) });
      }}
      trigger="click"
      placement="bottomLeft"
      content={
        <form
          className={styles.stack}
          onSubmit={(event) => {
            event.preventDefault();
            apply(draft);
          }}
        >
          {field("min")}
          {field("max")}
          <div className={styles.buttons}>
            <Button onClick={() => apply({ min: undefined, max: undefined })}>
              {t("members.filter.reset")}
            </Button>
            <Button type="primary" htmlType="submit">
              {t("members.filter.apply")}
            </Button>
          </div>
        </form>
      }
    >
      <Button
        className={isSet ? styles.set : styles.unset}
        icon={<DownOutlined aria-hidden />}
        iconPlacement="end"
      >
        {isSet ? `${label} ${told()}` : label}
      </Button>
    </Popover>
  );
}

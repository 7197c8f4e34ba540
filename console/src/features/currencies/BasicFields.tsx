import { Form, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { costDigits } from "./cost";
import styles from "./currencies.module.css";

const kinds = ["points", "growth", "stored_value", "stamps"] as const;
const modes = ["truncate", "reject"] as const;
const rounds = ["down", "up", "half_up", "half_even"] as const;

export function BasicFields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t("currencies.form.needed") }];
  return (
    <>
      {isNew && (
        <>
          <Form.Item
            name="code"
            label={t("currencies.form.code")}
            extra={t("currencies.form.codeHelp")}
            rules={[
              { required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("currencies.form.codeWrong") },
            ]}
          >
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="kind" label={t("currencies.form.kind")} extra={t("currencies.form.kindHelp")}>
            <Select options={kinds.map((value) => ({ value, label: t(`currencies.kind.${value}`) }))} />
          </Form.Item>
        </>
      )}
      <div className={styles.two}>
        <Form.Item name="name_zh" label={t("currencies.form.nameZh")} rules={needed}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="name_en" label={t("currencies.form.nameEn")} rules={needed}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
    </>
  );
}

/** How much, at what cost, and from where on a second person is needed. */
export function LimitFields({ money }: { money: string }) {
  const { t } = useTranslation();
  const hasCap = Boolean(Form.useWatch("cap_amount"));
  return (
    <>
      <Form.Item name="cap_amount" label={t("currencies.form.cap")} extra={t("currencies.form.capHelp")}>
        <InputNumber className={styles.full} min={1} max={10 ** 15} precision={0} />
      </Form.Item>
      {hasCap && (
        <Form.Item name="cap_mode" label={t("currencies.form.capMode")}>
          <Radio.Group
            options={modes.map((value) => ({ value, label: t(`currencies.form.capModes.${value}`) }))}
          />
        </Form.Item>
      )}
      <Form.Item name="rounding" label={t("currencies.form.rounding")}>
        <Select options={rounds.map((value) => ({ value, label: t(`currencies.form.rounds.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="cost"
        label={t("currencies.form.cost", { money })}
        extra={t("currencies.form.costHelp")}
        rules={[{ required: true, message: t("currencies.form.needed") }]}
      >
        <InputNumber
          className={styles.full}
          min={0}
          max={1_000_000}
          // Only the decimals that somebody wrote: 0.01, not 0.01000000.
          formatter={(value, { userTyping, input }) => (userTyping ? input : plain(value, costDigits(money)))}
        />
      </Form.Item>
      <Form.Item
        name="approval_above"
        label={t("currencies.form.approval")}
        extra={t("currencies.form.approvalHelp")}
      >
        <InputNumber className={styles.full} min={0} max={10 ** 15} precision={0} />
      </Form.Item>
    </>
  );
}

function plain(value: string | number | undefined, digits: number): string {
  if (value === undefined || value === "") return "";
  return Number(value)
    .toFixed(digits)
    .replace(/\.?0+$/, "");
}

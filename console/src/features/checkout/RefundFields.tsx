import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./checkout.module.css";

/** What a refund does beside giving back money; each choice says when it is the right one. */
export function RefundFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name={["refunds", "earned"]} label={t("checkout.refunds.earned.label")}>
        <Choices
          choices={(["judge_again", "share", "keep"] as const).map((value) => ({
            value,
            label: t(`checkout.refunds.earned.${value}`),
            when: t(`checkout.refunds.earned.when.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name={["refunds", "used_points"]} label={t("checkout.refunds.used.label")}>
        <Choices
          choices={(["give_back", "keep"] as const).map((value) => ({
            value,
            label: t(`checkout.refunds.used.${value}`),
            when: t(`checkout.refunds.used.when.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name={["refunds", "limits"]} label={t("checkout.refunds.limits.label")}>
        <Choices
          choices={(["give_back", "keep"] as const).map((value) => ({
            value,
            label: t(`checkout.refunds.limits.${value}`),
            when: t(`checkout.refunds.limits.when.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name={["refunds", "before_order"]} label={t("checkout.refunds.before.label")}>
        <Choices
          choices={(["wait", "refuse"] as const).map((value) => ({
            value,
            label: t(`checkout.refunds.before.${value}`),
            when: t(`checkout.refunds.before.when.${value}`),
          }))}
        />
      </Form.Item>
    </>
  );
}

/** Products that an order names and nobody has entered. */
export function ProductFields() {
  const { t } = useTranslation();
  return (
    <Form.Item name={["products", "unknown"]} label={t("checkout.products.label")}>
      <Choices
        choices={(["add", "refuse"] as const).map((value) => ({
          value,
          label: t(`checkout.products.${value}`),
          when: t(`checkout.products.when.${value}`),
        }))}
      />
    </Form.Item>
  );
}

interface ChoicesProps {
  choices: { value: string; label: string; when: string }[];
  value?: string;
  onChange?: (value: string) => void;
}

function Choices({ choices, value, onChange }: ChoicesProps) {
  return (
    <Radio.Group
      className={styles.choices}
      value={value}
      onChange={(event) => onChange?.(event.target.value as string)}
    >
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value}>
          {choice.label}
          <small className={styles.when}>{choice.when}</small>
        </Radio>
      ))}
    </Radio.Group>
  );
}

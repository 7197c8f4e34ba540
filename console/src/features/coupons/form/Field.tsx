import { Form, InputNumber } from "antd";
import type { ReactNode } from "react";
import { minorDigits } from "../../../kit/format";
import styles from "../coupons.module.css";
import { useForm } from "./context";

interface Props {
  label: string;
  /** The place in what is written, as the server names it; also the id of the control. */
  pointer: string;
  help?: string;
  isWide?: boolean;
  children: ReactNode;
}

/** One field with its label, its help, and what the server says is wrong with it. */
export function Field({ label, pointer, help, isWide = false, children }: Props) {
  const { problems } = useForm();
  const wrong = problems.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  return (
    <Form.Item
      className={isWide ? styles.wide : undefined}
      label={label}
      htmlFor={pointer}
      extra={help}
      validateStatus={wrong.length > 0 ? "error" : undefined}
      help={wrong.length > 0 ? wrong.map(({ detail }) => detail).join(" ") : undefined}
    >
      {children}
    </Form.Item>
  );
}

interface NumberProps {
  label: string;
  pointer: string;
  help?: string;
  value: number | null | undefined;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  suffix?: string;
  placeholder?: string;
}

export function NumberField({ label, pointer, help, ...input }: NumberProps) {
  return (
    <Field label={label} pointer={pointer} help={help}>
      <InputNumber id={pointer} className={styles.full} precision={0} {...input} />
    </Field>
  );
}

/** An amount of money: written in whole units, kept in minor ones. */
export function MoneyField({ value, onChange, label, pointer, help, ...input }: NumberProps) {
  return (
    <Field label={label} pointer={pointer} help={help}>
      <MoneyInput id={pointer} value={value} onChange={onChange} {...input} />
    </Field>
  );
}

type MoneyProps = Pick<NumberProps, "value" | "onChange" | "min" | "placeholder"> & {
  id?: string;
  label?: string;
};

export function MoneyInput({ value, onChange, id, label, ...input }: MoneyProps) {
  const { money } = useForm();
  const digits = minorDigits(money);
  return (
    <InputNumber
      id={id}
      aria-label={label}
      className={styles.full}
      precision={digits}
      max={10 ** 9}
      suffix={money}
      value={value == null ? null : value / 10 ** digits}
      onChange={(next) => onChange(next === null ? null : Math.round(Number(next) * 10 ** digits))}
      {...input}
    />
  );
}

import { DeleteOutlined, MinusOutlined, PlusOutlined, ShoppingCartOutlined } from "@ant-design/icons";
import { Button, InputNumber } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../kit/EmptyState";
import { useFormat } from "../../kit/useFormat";
import type { Cut } from "./cut";
import { amountOf, type Line, type Sale, type Step } from "./sale";
import styles from "./till.module.css";

interface Props {
  sale: Sale;
  cut: Cut | null;
  digits: number;
  step: (step: Step) => void;
  /** Typing goes back to where codes are scanned. */
  onDone: () => void;
  /** The line whose quantity is being typed. */
  counting: number | null;
  onCount: (id: number | null) => void;
}

/** What is being bought, line by line. Keys act on the selected line. */
export function CartTable({ sale, cut, digits, step, onDone, counting, onCount }: Props) {
  const { t } = useTranslation();
  if (sale.lines.length === 0) {
    return (
      <div className={styles.empty}>
        <EmptyState
          icon={<ShoppingCartOutlined />}
          title={t("till.cart.empty")}
          hint={t("till.cart.emptyHint")}
        />
      </div>
    );
  }
  return (
    <ol className={styles.lines} aria-label={t("till.cart.title")}>
      {sale.lines.map((line) => (
        <CartLine
          key={line.id}
          line={line}
          isSelected={line.id === sale.selected}
          amount={cut?.amounts.get(line.id) ?? amountOf(line)}
          digits={digits}
          step={step}
          onDone={onDone}
          isCounting={counting === line.id}
          onCount={onCount}
        />
      ))}
    </ol>
  );
}

interface LineProps extends Pick<Props, "digits" | "step" | "onDone" | "onCount"> {
  line: Line;
  amount: number;
  isSelected: boolean;
  isCounting: boolean;
}

function CartLine({ line, amount, isSelected, digits, step, onDone, isCounting, onCount }: LineProps) {
  const { t } = useTranslation();
  const { money, quantity } = useFormat();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  const needsPrice = line.price_minor === null;
  const count = (by: number) => {
    step({ kind: "count", id: line.id, quantity: line.quantity + by });
    onDone();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys select lines from the field where codes are scanned
    <li
      ref={row}
      className={styles.line}
      aria-current={isSelected ? "true" : undefined}
      onClick={() => step({ kind: "select", id: line.id })}
    >
      <span className={styles.name}>
        <b>{line.name}</b>
        <span className={styles.quiet}>{line.product}</span>
      </span>
      <span className={styles.count}>
        <Button icon={<MinusOutlined />} aria-label={t("till.cart.less")} onClick={() => count(-1)} />
        {isCounting ? (
          <InputNumber
            autoFocus
            min={0}
            max={10_000}
            precision={3}
            defaultValue={line.quantity}
            className={styles.quantity}
            aria-label={t("till.cart.quantity")}
            formatter={(value) => (value === undefined ? "" : String(Number(value)))}
            onFocus={(event) => event.target.select()}
            onPressEnter={(event) => {
              step({
                kind: "count",
                id: line.id,
                quantity: Number((event.target as HTMLInputElement).value) || 0,
              });
              onCount(null);
              onDone();
            }}
            onBlur={() => onCount(null)}
          />
        ) : (
          <Button type="text" className={styles.quantity} onClick={() => onCount(line.id)}>
            {quantity(line.quantity)}
          </Button>
        )}
        <Button icon={<PlusOutlined />} aria-label={t("till.cart.more")} onClick={() => count(1)} />
      </span>
      <span className={styles.price}>
        {line.is_open ? (
          <InputNumber<number>
            autoFocus={needsPrice}
            status={needsPrice ? "warning" : undefined}
            min={0}
            max={10_000_000}
            precision={digits}
            controls={false}
            defaultValue={line.price_minor === null ? undefined : line.price_minor / 10 ** digits}
            placeholder={t("till.cart.price")}
            aria-label={t("till.cart.priceOf", { name: line.name })}
            onChange={(value) =>
              value !== null &&
              step({ kind: "price", id: line.id, price_minor: Math.round(Number(value) * 10 ** digits) })
            }
            onPressEnter={() => !needsPrice && onDone()}
          />
        ) : (
          <span className="num">{money(line.price_minor ?? 0)}</span>
        )}
      </span>
      <span className={styles.amount}>
        <b className="num">{needsPrice ? t("kit.none") : money(amount)}</b>
        {amount !== amountOf(line) && <s className={styles.quiet}>{money(amountOf(line))}</s>}
      </span>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t("till.cart.remove", { name: line.name })}
        onClick={() => {
          step({ kind: "remove", id: line.id });
          onDone();
        }}
      />
    </li>
  );
}

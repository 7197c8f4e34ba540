import { Button, type GetRef, InputNumber, Modal, Radio } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { isSoldBefore } from "./attempt";
import { NeedsServer } from "./offline/sell";
import styles from "./till.module.css";
import { type Method, methods, type Part, settle } from "./wish";

const place = "shuke.till.method";

interface Props {
  payable: number;
  digits: number;
  isOnline: boolean;
  isBusy: boolean;
  error: unknown;
  onPaid: (parts: Part[], change: number) => void;
  onClose: () => void;
}

function lastMethod(): Method {
  const kept = localStorage.getItem(place);
  return methods.find((one) => one === kept) ?? "cash";
}

/** Takes the money, in one part or several; Enter takes what stands in the field. */
export function PayDialog({ payable, digits, isOnline, isBusy, error, onPaid, onClose }: Props) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const [parts, setParts] = useState<Part[]>([]);
  const [method, setMethod] = useState<Method>(lastMethod);
  const open = payable - parts.reduce((sum, part) => sum + part.amount_minor, 0);
  const [typed, setTyped] = useState<number | null>(open / 10 ** digits);
  const field = useRef<GetRef<typeof InputNumber>>(null);
  const received = Math.max(0, Math.round((typed ?? 0) * 10 ** digits));
  const settled = settle(payable, parts, received, method);

  const choose = (next: Method) => {
    setMethod(next);
    localStorage.setItem(place, next);
    field.current?.focus({ cursor: "all" });
  };
  const turn = (by: number) => {
    const next = methods[(methods.indexOf(method) + by + methods.length) % methods.length];
    if (next) choose(next);
  };
  const take = (minor: number) => {
    if (isBusy) return;
    const { part, left, change } = settle(payable, parts, minor, method);
    if (payable > 0 && part.amount_minor <= 0) return;
    const next = part.amount_minor > 0 ? [...parts, part] : parts;
    if (left === 0) return onPaid(next, change);
    setParts(next);
    setTyped(left / 10 ** digits);
    field.current?.focus({ cursor: "all" });
  };

  return (
    <Modal
      open
      title={t("till.pay.title")}
      onCancel={onClose}
      mask={{ closable: false }}
      width={520}
      afterOpenChange={(isOpen) => isOpen && field.current?.focus({ cursor: "all" })}
      footer={
        <>
          <Button size="large" onClick={onClose} disabled={isBusy}>
            {t("till.pay.back")}
          </Button>
          <Button size="large" type="primary" loading={isBusy} onClick={() => take(received)}>
            {t(settled.left === 0 ? "till.pay.submit" : "till.pay.add")}
          </Button>
        </>
      }
    >
      <p className={styles.payable}>
        <span>{t("till.pay.payable")}</span> <b className="num">{money(payable)}</b>
      </p>
      {parts.length > 0 && (
        <ul className={styles.parts}>
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever added and taken away at the end
            <li key={index}>
              {t(`till.method.${part.method}`)} <span className="num">{money(part.amount_minor)}</span>
            </li>
          ))}
          <li>
            <b>{t("till.pay.open")}</b> <b className="num">{money(open)}</b>
            <Button
              type="link"
              disabled={isBusy}
              onClick={() => {
                setParts([]);
                setTyped(payable / 10 ** digits);
              }}
            >
              {t("till.pay.anew")}
            </Button>
          </li>
        </ul>
      )}
      <Radio.Group
        size="large"
        buttonStyle="solid"
        optionType="button"
        block
        value={method}
        onChange={(event) => choose(event.target.value as Method)}
        options={methods.map((one) => ({ value: one, label: t(`till.method.${one}`) }))}
      />
      <InputNumber
        ref={field}
        size="large"
        className={styles.received}
        min={0}
        max={100_000_000}
        precision={digits}
        keyboard={false}
        controls={false}
        value={typed}
        aria-label={t(method === "cash" ? "till.pay.received" : "till.pay.amount")}
        onChange={(value) => setTyped(value === null ? null : Number(value))}
        onPressEnter={() => take(received)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          turn(event.key === "ArrowDown" ? 1 : -1);
        }}
      />
      {method === "cash" && <Notes open={open} digits={digits} onTake={take} />}
      <p className={styles.change} aria-live="polite">
        {settled.change > 0 && (
          <>
            {t("till.pay.change")} <b className="num">{money(settled.change)}</b>
          </>
        )}
        {settled.left > 0 && t("till.pay.left", { amount: money(settled.left) })}
      </p>
      <p className={styles.quiet}>{t(isOnline ? "till.pay.how" : "till.pay.howOffline")}</p>
      {error instanceof NeedsServer ? (
        <p className={styles.warning} role="alert">
          {t("till.pay.needsServer")}
        </p>
      ) : (
        <Refusal error={error} />
      )}
      {Boolean(error) && (
        <p className={styles.quiet}>
          {t(isSoldBefore(error) ? "till.pay.soldBefore" : "till.pay.nothingSold")}
        </p>
      )}
    </Modal>
  );
}

/** What customers usually hand over: the sum itself, or the next round one. */
function Notes({ open, digits, onTake }: { open: number; digits: number; onTake: (minor: number) => void }) {
  const { t } = useTranslation();
  const { wholeMoney } = useFormat();
  const one = 10 ** digits;
  const round = [10, 50, 100].map((note) => Math.ceil(open / (note * one)) * note * one);
  const sums = [...new Set(round)].filter((sum) => sum > open);
  return (
    <div className={styles.notes}>
      <Button size="large" onClick={() => onTake(open)}>
        {t("till.pay.exact")}
      </Button>
      {sums.map((sum) => (
        <Button key={sum} size="large" onClick={() => onTake(sum)}>
          {wholeMoney(sum)}
        </Button>
      ))}
    </div>
  );
}

import { Button, Checkbox, InputNumber, Modal, Radio } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Quote } from "../../api/checkout";
import { EmptyState } from "../../kit/EmptyState";
import { useFormat } from "../../kit/useFormat";
import type { Sale, Step } from "./sale";
import styles from "./till.module.css";

interface Props {
  sale: Sale;
  quote: Quote;
  step: (step: Step) => void;
  onClose: () => void;
}

type How = "none" | "most" | "exact";

/** Which points and coupons pay: what goes, what does not, and why. */
export function ValueDialog({ sale, quote, step, onClose }: Props) {
  const { t } = useTranslation();
  const start: How = sale.points === "most" ? "most" : sale.points > 0 ? "exact" : "none";
  const [how, setHow] = useState<How>(start);
  const [exact, setExact] = useState(quote.points.used || quote.points.least || quote.points.step);
  const [codes, setCodes] = useState<"best" | string[]>(sale.coupons);
  const body = useRef<HTMLFormElement>(null);
  const done = () => {
    step({ kind: "coupons", coupons: codes });
    step({ kind: "points", points: how === "most" ? "most" : how === "none" ? 0 : exact });
    onClose();
  };
  return (
    <Modal
      open
      title={t("till.value.title")}
      onCancel={onClose}
      width={560}
      afterOpenChange={(isOpen) =>
        isOpen && body.current?.querySelector<HTMLInputElement>("input:checked, input")?.focus()
      }
      footer={
        <>
          <Button size="large" onClick={onClose}>
            {t("till.cancel")}
          </Button>
          <Button size="large" type="primary" htmlType="submit" form="till-value">
            {t("till.value.submit")}
          </Button>
        </>
      }
    >
      <form
        id="till-value"
        ref={body}
        onSubmit={(event) => {
          event.preventDefault();
          done();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          done();
        }}
      >
        <PointsPart quote={quote} how={how} exact={exact} onHow={setHow} onExact={setExact} />
        <CouponsPart quote={quote} codes={codes} onCodes={setCodes} />
      </form>
    </Modal>
  );
}

interface PointsProps {
  quote: Quote;
  how: How;
  exact: number;
  onHow: (how: How) => void;
  onExact: (points: number) => void;
}

function PointsPart({ quote, how, exact, onHow, onExact }: PointsProps) {
  const { t } = useTranslation();
  const { points, count } = useFormat();
  const { is_on, available, most, step, least } = quote.points;
  const canPay = is_on && most >= Math.max(least, 1);
  return (
    <>
      <h3>{t("till.value.points")}</h3>
      {!canPay ? (
        <p className={styles.quiet}>
          {is_on
            ? t("till.value.tooFew", { available: points(available), least: points(Math.max(least, step)) })
            : t("till.value.pointsOff")}
        </p>
      ) : (
        <>
          <Radio.Group
            value={how}
            className={styles.radios}
            onChange={(event) => onHow(event.target.value as How)}
            options={[
              { value: "none", label: t("till.value.none") },
              { value: "most", label: t("till.value.most", { points: points(most) }) },
              { value: "exact", label: t("till.value.exact") },
            ]}
          />
          {how === "exact" && (
            <InputNumber
              autoFocus
              min={Math.max(least, step)}
              max={most}
              step={step}
              precision={0}
              value={exact}
              aria-label={t("till.value.exact")}
              onChange={(value) => onExact(Number(value) || 0)}
            />
          )}
          <p className={styles.quiet}>
            {t("till.value.pointsHelp", { available: points(available), step: count(step) })}
          </p>
        </>
      )}
    </>
  );
}

interface CouponsProps {
  quote: Quote;
  codes: "best" | string[];
  onCodes: (codes: "best" | string[]) => void;
}

function CouponsPart({ quote, codes, onCodes }: CouponsProps) {
  const { t } = useTranslation();
  const { money, name } = useFormat();
  const used = quote.coupons.map((one) => one.code);
  const chosen = codes === "best" ? used : codes;
  const flip = (code: string, isOn: boolean) =>
    onCodes(isOn ? [...chosen, code] : chosen.filter((one) => one !== code));
  return (
    <>
      <h3>{t("till.value.coupons")}</h3>
      {quote.coupons.length + quote.unused_coupons.length === 0 ? (
        <EmptyState title={t("till.value.noCoupons")} hint={t("till.value.noCouponsHint")} />
      ) : (
        <Checkbox
          checked={codes === "best"}
          onChange={(event) => onCodes(event.target.checked ? "best" : used)}
        >
          {t("till.value.best")}
        </Checkbox>
      )}
      <ul className={styles.coupons}>
        {quote.coupons.map((one) => (
          <li key={one.code}>
            <Checkbox
              checked={chosen.includes(one.code)}
              onChange={(event) => flip(one.code, event.target.checked)}
            >
              <b>{name(one.name)}</b> <span className={styles.quiet}>{one.code}</span>
            </Checkbox>
            <span className="num">{money(-one.discount_minor, quote.currency)}</span>
          </li>
        ))}
        {quote.unused_coupons.map((one) => (
          <li key={one.code}>
            <Checkbox
              checked={chosen.includes(one.code)}
              onChange={(event) => flip(one.code, event.target.checked)}
            >
              <b>{name(one.name)}</b> <span className={styles.quiet}>{one.code}</span>
              <span className={styles.why}>{name(one.sentence)}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </>
  );
}

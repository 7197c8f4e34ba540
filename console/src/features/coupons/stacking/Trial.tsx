import { Form, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CouponSample, type Stacking, useCouponTemplates, useStackingTrial } from "../../../api/coupons";
import { Card } from "../../../kit/Card";
import { ErrorState } from "../../../kit/ErrorState";
import { Swatch } from "../../../kit/Swatch";
import { useFormat } from "../../../kit/useFormat";
import { useSettled } from "../../../kit/useSettled";
import styles from "../coupons.module.css";
import { MoneyField } from "../form/Field";
import { Problems } from "../Preview";

/** Some coupons on one order, under the rules as they stand on the page. */
export function Trial({ stacking }: { stacking: Stacking }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const [amount, setAmount] = useState<number | null>(null);
  const templates = useCouponTemplates({
    q: useSettled(typed, 250) || undefined,
    state: "published",
    limit: 20,
  });
  const cart = amount
    ? { lines: [{ product: "sample", quantity: 1, amount_minor: amount, is_goods: true }] }
    : null;
  const trial = useStackingTrial(chosen, useSettled(stacking, 400), useSettled(cart, 400));
  return (
    <Card title={t("coupons.stacking.trial")} note={t("coupons.stacking.trialNote")}>
      <Form layout="vertical" component="div">
        <Form.Item label={t("coupons.stacking.choose")} htmlFor="trial-coupons">
          <Select
            id="trial-coupons"
            mode="multiple"
            maxCount={8}
            className={styles.full}
            value={chosen}
            onChange={setChosen}
            showSearch={{ filterOption: false, onSearch: setTyped }}
            options={templates.data?.items.map((one) => ({
              value: one.code,
              label: `${name(one.name)} · ${one.told}`,
            }))}
          />
        </Form.Item>
        <MoneyField
          label={t("coupons.stacking.amount")}
          help={t("coupons.stacking.amountHelp")}
          pointer="/trial/amount"
          value={amount}
          onChange={setAmount}
          min={0}
        />
      </Form>
      <div aria-live="polite" aria-busy={trial.isFetching}>
        {chosen.length === 0 && <p className={styles.quiet}>{t("coupons.stacking.pick")}</p>}
        {chosen.length > 0 && trial.error && (
          <ErrorState error={trial.error} onRetry={() => void trial.refetch()} />
        )}
        {chosen.length > 0 && trial.data && trial.data.problems.length > 0 && (
          <Problems of={trial.data.problems} />
        )}
        {chosen.length > 0 && trial.data?.sample && <Outcome sample={trial.data.sample} />}
      </div>
    </Card>
  );
}

function Outcome({ sample }: { sample: CouponSample }) {
  const { t } = useTranslation();
  const { name, money } = useFormat();
  const called = (one: { template: string; name: { zh: string; en: string } | null }) =>
    one.name ? name(one.name) : one.template;
  return (
    <>
      <p>
        {t("coupons.stacking.total", {
          total: money(sample.total_minor),
          off: money(sample.discount_minor),
          payable: money(sample.payable_minor),
        })}
      </p>
      <ul className={styles.outcome}>
        {sample.uses.map((one) => (
          <li key={one.template}>
            <div className={styles.line}>
              <b>{called(one)}</b>
              <Swatch tone="good">{t("coupons.stacking.goes")}</Swatch>
            </div>
            <span className={styles.quiet}>−{money(one.discount_minor)}</span>
          </li>
        ))}
        {sample.unused.map((one) => (
          <li key={one.template}>
            <div className={styles.line}>
              <b>{called(one)}</b>
              <Swatch tone="plain">{t("coupons.stacking.left")}</Swatch>
            </div>
            <span className={styles.quiet}>{one.text}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

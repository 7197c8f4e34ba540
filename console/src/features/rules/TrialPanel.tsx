import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Definition, type RuleSchema, useTryRules } from "../../api/rules";
import { Card } from "../../kit/Card";
import { Refusal } from "../../kit/Refusal";
import { MemberSelect } from "../accounts/MemberSelect";
import { Money } from "./form/SchemaField";
import { Outcome } from "./Outcome";
import styles from "./rules.module.css";

interface Props {
  schema: RuleSchema;
  rule: string | null;
  /** What is tried in the place of what is published, and what that is. */
  definition: Definition;
  of: "writing" | "draft" | "published";
}

interface CartLine {
  product: string;
  quantity: number;
  amount: number | null;
}

type Which = "published" | "beside" | "only";

/** A member and a cart, and what the rules make of them. Nothing is written. */
export function TrialPanel({ schema, rule, definition, of }: Props) {
  const { t } = useTranslation();
  const attempt = useTryRules();
  const [member, setMember] = useState<number | undefined>();
  const [which, setWhich] = useState<Which>(of === "published" ? "published" : "beside");
  const [lines, setLines] = useState<CartLine[]>([{ product: "A1", quantity: 1, amount: 10_000 }]);
  const change = (place: number, next: Partial<CartLine>) =>
    setLines(lines.map((line, number) => (number === place ? { ...line, ...next } : line)));
  const activity = String(definition.activity ?? "order_paid");
  const choices: { value: Which; label: string }[] = {
    writing: [
      { value: "beside" as const, label: t("rules.trial.withThis") },
      { value: "only" as const, label: t("rules.trial.onlyThis") },
      { value: "published" as const, label: t("rules.trial.published") },
    ],
    draft: [
      { value: "beside" as const, label: t("rules.trial.withDraft") },
      { value: "only" as const, label: t("rules.trial.only") },
      { value: "published" as const, label: t("rules.trial.published") },
    ],
    published: [
      { value: "published" as const, label: t("rules.trial.published") },
      { value: "only" as const, label: t("rules.trial.onlyLive") },
    ],
  }[of];
  const submit = () =>
    attempt.mutate({
      member: member === undefined ? null : String(member),
      activity: activity as never,
      event: (definition.event ?? null) as string | null,
      lines: lines.map(({ product, quantity, amount }) => ({
        product,
        quantity,
        amount_minor: amount ?? 0,
        points_minor: 0,
        coupon_minor: 0,
      })),
      ...(which === "published" ? {} : { rule, definition, only: which === "only" }),
    });
  return (
    <Card title={t("rules.trial.title")} note={t("rules.trial.hint")}>
      <Form layout="vertical" onFinish={submit}>
        <Form.Item label={t("rules.trial.member")} htmlFor="trial-member">
          <MemberSelect id="trial-member" without={0} value={member} onChange={setMember} />
        </Form.Item>
        <Form.Item label={t("rules.trial.rules")} htmlFor="trial-rules">
          <Select id="trial-rules" value={which} onChange={setWhich} options={choices} />
        </Form.Item>
        {activity === "order_paid" &&
          lines.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
            <div key={place} className={styles.cart}>
              <Input
                aria-label={t("rules.trial.product")}
                placeholder={t("rules.trial.product")}
                value={line.product}
                onChange={({ target }) => change(place, { product: target.value })}
              />
              <InputNumber
                aria-label={t("rules.trial.quantity")}
                min={0.001}
                value={line.quantity}
                onChange={(quantity) => change(place, { quantity: quantity ?? 1 })}
                style={{ width: "100%" }}
              />
              <Money
                id={`trial-amount-${place}`}
                label={t("rules.trial.amount")}
                currency={schema.money}
                value={line.amount}
                onChange={(amount) => change(place, { amount })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("rules.trial.removeLine", { number: place + 1 })}
                disabled={lines.length === 1}
                onClick={() => setLines(lines.filter((_kept, number) => number !== place))}
              />
            </div>
          ))}
        <div className={styles.buttons}>
          {activity === "order_paid" && (
            <Button
              icon={<PlusOutlined />}
              onClick={() => setLines([...lines, { product: "", quantity: 1, amount: null }])}
            >
              {t("rules.trial.addLine")}
            </Button>
          )}
          <Button htmlType="submit" loading={attempt.isPending}>
            {t("rules.trial.do")}
          </Button>
        </div>
      </Form>
      <Refusal error={attempt.error} />
      {attempt.data && <Outcome outcome={attempt.data} />}
    </Card>
  );
}

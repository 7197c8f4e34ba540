import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useQuote } from "../../api/checkout";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { minorDigits } from "../../kit/format";
import { Refusal } from "../../kit/Refusal";
import { type CartValues, cartOf, startCart } from "./cart";
import styles from "./checkout.module.css";
import { QuoteAnswer } from "./QuoteAnswer";

const mostLines = 50;

/** Tries a cart as a till would ask: what it costs and what it would earn. Nothing is recorded. */
export function QuotePanel() {
  const { t } = useTranslation();
  const { data: system } = useSystem();
  const currency = system?.currency ?? "CNY";
  const quote = useQuote();
  const [form] = Form.useForm<CartValues>();
  const isMost = Form.useWatch("is_most", form) ?? true;
  const isBest = Form.useWatch("is_best", form) ?? true;
  const digits = minorDigits(currency);
  return (
    <div className={styles.halves}>
      <Card title={t("checkout.quote.title")} note={t("checkout.quote.note")}>
        <Form<CartValues>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={startCart}
          onFinish={(values) => quote.mutate(cartOf(values, currency))}
        >
          <CartLines />
          <Form.Item name="phone" label={t("checkout.quote.phone")} extra={t("checkout.quote.phoneHelp")}>
            <Input maxLength={32} inputMode="tel" autoComplete="off" />
          </Form.Item>
          <div className={styles.two}>
            <Form.Item name="is_most" label={t("checkout.quote.most")} valuePropName="checked">
              <Switch />
            </Form.Item>
            {!isMost && (
              <Form.Item name="points" label={t("checkout.quote.points")}>
                <InputNumber className={styles.full} min={0} max={1_000_000_000} precision={0} />
              </Form.Item>
            )}
            <Form.Item name="is_best" label={t("checkout.quote.best")} valuePropName="checked">
              <Switch />
            </Form.Item>
            {!isBest && (
              <Form.Item name="codes" label={t("checkout.quote.codes")} extra={t("checkout.quote.codesHelp")}>
                <Select
                  mode="tags"
                  open={false}
                  suffixIcon={null}
                  maxCount={20}
                  tokenSeparators={[" ", ","]}
                />
              </Form.Item>
            )}
            <Form.Item name="coupon" label={t("checkout.quote.coupon")}>
              <InputNumber className={styles.full} min={0} max={10_000_000} precision={digits} />
            </Form.Item>
          </div>
          <Refusal error={quote.error} />
          <Button type="primary" htmlType="submit" loading={quote.isPending}>
            {t("checkout.quote.ask")}
          </Button>
        </Form>
      </Card>
      <Card title={t("checkout.quote.answer")}>
        {quote.data ? (
          <QuoteAnswer quote={quote.data} />
        ) : (
          <EmptyState title={t("checkout.quote.emptyTitle")} hint={t("checkout.quote.emptyHint")} />
        )}
      </Card>
    </div>
  );
}

function CartLines() {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t("checkout.needed") }];
  const number = [{ required: true, message: t("checkout.needed") }];
  return (
    <Form.List name="lines">
      {(lines, { add, remove }) => (
        <div className={styles.lines}>
          {lines.map(({ key, name }) => (
            <div key={key} className={styles.cartLine}>
              <Form.Item name={[name, "product"]} label={t("checkout.quote.product")} rules={needed}>
                <Input maxLength={64} />
              </Form.Item>
              <Form.Item name={[name, "quantity"]} label={t("checkout.quote.quantity")} rules={number}>
                <InputNumber className={styles.full} min={0.001} max={1_000_000} />
              </Form.Item>
              <Form.Item name={[name, "price"]} label={t("checkout.quote.price")} rules={number}>
                <InputNumber className={styles.full} min={0} max={100_000_000} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("checkout.quote.remove")}
                disabled={lines.length === 1}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button
            icon={<PlusOutlined />}
            disabled={lines.length >= mostLines}
            onClick={() => add({ product: "", quantity: 1, price: 0 })}
          >
            {t("checkout.quote.add")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

import { Form, InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { minorDigits } from "../../kit/format";
import { useFormat } from "../../kit/useFormat";
import styles from "./checkout.module.css";
import { mostPoints, worthOf } from "./examples";
import { minorOf, type Values } from "./formValues";

const exampleGoods = 250;

interface Props {
  values: Values["points_payment"];
  money: string;
}

/** Points as payment, with what it means for one order. */
export function PaymentFields({ values, money }: Props) {
  const { t } = useTranslation();
  const digits = minorDigits(money);
  const needed = [{ required: true, message: t("checkout.needed") }];
  const of = (name: keyof Values["points_payment"]) => ["points_payment", name];
  return (
    <div className={styles.columns}>
      <div className={styles.fields}>
        <Form.Item
          name={of("is_on")}
          label={t("checkout.points.isOn")}
          valuePropName="checked"
          extra={t("checkout.points.isOnHelp")}
        >
          <Switch />
        </Form.Item>
        <div className={styles.two}>
          <Form.Item name={of("points")} label={t("checkout.points.points")} rules={needed}>
            <InputNumber className={styles.full} min={1} max={1_000_000_000} precision={0} />
          </Form.Item>
          <Form.Item
            name={of("worth")}
            label={t("checkout.points.worth")}
            rules={needed}
            extra={t("checkout.points.worthHelp")}
          >
            <InputNumber className={styles.full} min={10 ** -digits} max={10_000_000} precision={digits} />
          </Form.Item>
          <Form.Item
            name={of("least")}
            label={t("checkout.points.least")}
            rules={needed}
            extra={t("checkout.points.leastHelp")}
          >
            <InputNumber className={styles.full} min={0} max={1_000_000_000} precision={0} />
          </Form.Item>
          <Form.Item
            name={of("step")}
            label={t("checkout.points.step")}
            rules={needed}
            extra={t("checkout.points.stepHelp")}
          >
            <InputNumber className={styles.full} min={1} max={1_000_000_000} precision={0} />
          </Form.Item>
          <Form.Item
            name={of("most_percent")}
            label={t("checkout.points.most")}
            rules={needed}
            extra={t("checkout.points.mostHelp")}
          >
            <InputNumber className={styles.full} min={1} max={100} precision={0} suffix="%" />
          </Form.Item>
          <Form.Item
            name={of("may_pay_all")}
            label={t("checkout.points.payAll")}
            valuePropName="checked"
            extra={t("checkout.points.payAllHelp")}
          >
            <Switch />
          </Form.Item>
        </div>
      </div>
      <Example values={values} money={money} />
    </div>
  );
}

function Example({ values, money: currency }: Props) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  const goods = minorOf(exampleGoods, currency);
  const policy = { ...values, worth_minor: minorOf(values.worth ?? 0, currency) };
  const isWhole = [policy.points, policy.worth_minor, policy.step, policy.most_percent].every(
    (one) => one > 0,
  );
  if (!isWhole) return null;
  const most = mostPoints(policy, goods);
  const rate = t("checkout.points.rate", {
    points: count(policy.points),
    money: money(policy.worth_minor, currency),
  });
  return (
    <aside className={styles.example} aria-live="polite">
      <h3>{t("checkout.example")}</h3>
      <p>{rate}</p>
      <p>{told()}</p>
      {most > 0 && goods > worthOf(policy, most) && (
        <p className={styles.quiet}>
          {t("checkout.points.rest", { money: money(goods - worthOf(policy, most), currency) })}
        </p>
      )}
    </aside>
  );

  function told() {
    if (!policy.is_on) return t("checkout.points.off");
    const order = money(goods, currency);
    if (most === 0) return t("checkout.points.none", { order });
    return t("checkout.points.can", {
      order,
      points: count(most),
      money: money(worthOf(policy, most), currency),
    });
  }
}

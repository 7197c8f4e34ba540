import { App, Button, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCheckoutPolicies, useSaveCheckoutPolicies } from "../../api/checkout";
import { Refused } from "../../api/client";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Refusal } from "../../kit/Refusal";
import styles from "./checkout.module.css";
import { policiesOf, type Values, valuesOf } from "./formValues";
import { PaymentFields } from "./PaymentFields";
import { RefundExample } from "./RefundExample";
import { ProductFields, RefundFields } from "./RefundFields";

interface Props {
  newest: NonNullable<ReturnType<typeof useCheckoutPolicies>["data"]>;
  money: string;
}

/** Holds on to the version that was opened: what others save meanwhile never changes the form under somebody's hands. */
export function PolicyForm({ newest, money }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay();
  const [form] = Form.useForm<Values>();
  const [opened, setOpened] = useState(newest);
  const policies = useCheckoutPolicies();
  const save = useSaveCheckoutPolicies();
  const start = valuesOf(opened.policies, money);
  const now = Form.useWatch([], form) ?? start;
  const mayWrite = may("checkout_policies.write");
  const hasMoved = save.error instanceof Refused && save.error.status === 412;
  const reload = async () => {
    const { data } = await policies.refetch();
    if (data) {
      setOpened(data);
      form.setFieldsValue(valuesOf(data.policies, money));
    }
    save.reset();
  };
  const submit = (values: Values) =>
    save.mutate(
      { version: opened.version, body: policiesOf(values, money) },
      {
        onSuccess: (saved) => {
          setOpened(saved);
          void message.success(t("checkout.saved"));
        },
      },
    );
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!mayWrite}
      initialValues={start}
      onFinish={submit}
    >
      <div className={styles.stack}>
        <Card title={t("checkout.points.title")} note={t("checkout.points.note")}>
          <PaymentFields values={now.points_payment ?? start.points_payment} money={money} />
        </Card>
        <Card title={t("checkout.refunds.title")} note={t("checkout.refunds.note")}>
          <div className={styles.columns}>
            <div className={styles.fields}>
              <RefundFields />
            </div>
            <RefundExample policies={now.refunds ?? start.refunds} money={money} />
          </div>
        </Card>
        <Card title={t("checkout.products.title")}>
          <div className={styles.fields}>
            <ProductFields />
          </div>
        </Card>
        <Refusal
          error={save.error}
          action={hasMoved && <Button onClick={() => void reload()}>{t("checkout.reload")}</Button>}
        />
        {mayWrite && (
          <div className={styles.acts}>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t("checkout.save")}
            </Button>
            <span className={styles.quiet}>{t("checkout.fromNowOn")}</span>
          </div>
        )}
      </div>
    </Form>
  );
}

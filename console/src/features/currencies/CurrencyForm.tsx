import { Button, Form } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { useGo } from "../../kit/useGo";
import { BasicFields, LimitFields } from "./BasicFields";
import styles from "./currencies.module.css";
import { policiesOf, type Values } from "./formValues";
import { PolicyFields } from "./PolicyFields";
import { useTold } from "./useTold";

interface Props {
  start: Values;
  isNew: boolean;
  isBusy: boolean;
  refusal: ReactNode;
  onSubmit: (values: Values) => void;
}

/** All rules of one account, with what they mean in plain words beside them while somebody types. */
export function CurrencyForm({ start, isNew, isBusy, refusal, onSubmit }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const told = useTold();
  const { data: system } = useSystem();
  const money = system?.currency ?? "CNY";
  const [form] = Form.useForm<Values>();
  const written = Form.useWatch([], form) as Partial<Values> | undefined;
  const sentences = told(policiesOf({ ...start, ...written }, money));
  return (
    <div className={styles.columns}>
      <Card>
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={start}
          onFinish={(values) => onSubmit({ ...start, ...values })}
        >
          <BasicFields isNew={isNew} />
          <PolicyFields />
          <LimitFields money={money} />
          {refusal}
          <div className={styles.buttons}>
            <Button type="primary" htmlType="submit" loading={isBusy}>
              {t(isNew ? "currencies.form.add" : "currencies.form.save")}
            </Button>
            <Button onClick={() => go("/settings/currencies")}>{t("currencies.form.cancel")}</Button>
          </div>
        </Form>
      </Card>
      <Card title={t("currencies.form.summary")} className={styles.side}>
        <ul className={styles.sentences} aria-live="polite">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

import { Button, DatePicker, Form, Input, Select, Switch } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTiers } from "../../api/tiers";
import { Card } from "../../kit/Card";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import styles from "./benefits.module.css";
import { DayFields } from "./DayFields";
import { hasWindow, type Values } from "./formValues";
import { GiftFields } from "./GiftFields";
import { giftKinds, isGift, runningKinds } from "./kinds";
import { RunningFields } from "./RunningFields";

interface Props {
  start: Values;
  isNew: boolean;
  isBusy: boolean;
  refusal: ReactNode;
  onSubmit: (values: Values) => void;
}

/** One benefit: what it is, who has it, and what its kind asks for. */
export function BenefitForm({ start, isNew, isBusy, refusal, onSubmit }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const go = useGo();
  const { data: tiers } = useTiers();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch("kind", form) ?? start.kind;
  const isOnBirthday = Form.useWatch("is_on_birthday", form) ?? start.is_on_birthday;
  const needed = [{ required: true, whitespace: true, message: t("benefits.form.needed") }];
  const kindsOf = (kinds: typeof runningKinds) =>
    kinds.map((value) => ({ value, label: t(`benefits.kind.${value}`) }));
  return (
    <Card className={styles.form}>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={start}
        onFinish={(values) => onSubmit({ ...start, ...values })}
      >
        <Form.Item name="kind" label={t("benefits.form.kind")} extra={t(`benefits.kindHelp.${kind}`)}>
          <Select
            disabled={!isNew}
            options={[
              { label: t("benefits.group.running"), options: kindsOf(runningKinds) },
              { label: t("benefits.group.gifts"), options: kindsOf(giftKinds) },
            ]}
          />
        </Form.Item>
        {isNew && (
          <Form.Item
            name="code"
            label={t("benefits.form.code")}
            extra={t("benefits.form.codeHelp")}
            rules={[
              { required: true, pattern: /^[a-z][a-z0-9_-]{0,39}$/, message: t("benefits.form.codeWrong") },
            ]}
          >
            <Input maxLength={40} />
          </Form.Item>
        )}
        <div className={styles.two}>
          <Form.Item name="name_zh" label={t("benefits.form.nameZh")} rules={needed}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="name_en" label={t("benefits.form.nameEn")} rules={needed}>
            <Input maxLength={40} />
          </Form.Item>
        </div>
        <Form.Item name="levels" label={t("benefits.form.levels")} extra={t("benefits.form.levelsHelp")}>
          <Select
            mode="multiple"
            placeholder={t("benefits.form.everybody")}
            options={tiers?.levels
              .toSorted((a, b) => a.rank - b.rank)
              .map((level) => ({ value: level.code, label: name(level.name) }))}
          />
        </Form.Item>
        {isGift(kind) ? <GiftFields kind={kind} /> : <RunningFields kind={kind} />}
        {hasWindow(kind, isOnBirthday) && <DayFields kind={kind} isOnBirthday={isOnBirthday} />}
        <div className={styles.two}>
          <Form.Item name="description_zh" label={t("benefits.form.descriptionZh")}>
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
          <Form.Item name="description_en" label={t("benefits.form.descriptionEn")}>
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        </div>
        <Form.Item name="period" label={t("benefits.form.period")} extra={t("benefits.form.periodHelp")}>
          <DatePicker.RangePicker className={styles.full} allowEmpty={[true, true]} />
        </Form.Item>
        <Form.Item
          name="is_active"
          label={t("benefits.form.active")}
          valuePropName="checked"
          extra={t("benefits.form.activeHelp")}
        >
          <Switch />
        </Form.Item>
        {refusal}
        <div className={styles.acts}>
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {t(isNew ? "benefits.form.add" : "benefits.form.save")}
          </Button>
          <Button onClick={() => go("/loyalty/benefits")}>{t("benefits.form.cancel")}</Button>
        </div>
      </Form>
    </Card>
  );
}

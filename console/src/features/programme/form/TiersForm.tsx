import { Button, Form } from "antd";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { TierSchema, TierStart, Tiers, TiersWish } from "../../../api/contract";
import { usePreviewTiers } from "../../../api/tiers";
import { Card } from "../../../kit/Card";
import { useGo } from "../../../kit/useGo";
import styles from "./form.module.css";
import { LevelRows } from "./LevelRows";
import { Preview } from "./Preview";
import { SchemaFields } from "./SchemaFields";
import { Starts } from "./Starts";
import { fieldsOf, type Node, prune } from "./schema";
import { type LevelValues, type Values, valuesOf, wishOf, withFigures } from "./values";

interface Props {
  opened: Tiers;
  description: TierSchema;
  isBusy: boolean;
  refusal: ReactNode;
  onSubmit: (wish: TiersWish) => void;
}

/** Levels and rules in one form; beside it what they mean in words, and who would move. */
export function TiersForm({ opened, description, isBusy, refusal, onSubmit }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const money = opened.scheme.currency;
  const fields = useMemo(() => fieldsOf(description.json_schema as Node), [description]);
  const [form] = Form.useForm<Values>();
  const preview = usePreviewTiers();
  const written = Form.useWatch([], { form, preserve: true }) as Values | undefined;
  const parameters: Record<string, unknown> = written?.parameters ?? opened.scheme.parameters;
  const isMoney = description.units.find((one) => one.metric === parameters.metric)?.unit === "money";
  const isDeducting = parameters.demote === "deduct";
  const wish = () => {
    const values = form.getFieldsValue(true) as Values;
    return wishOf(values, prune(fields, values.parameters), isDeducting);
  };
  const look = async () => {
    await form.validateFields();
    preview.mutate({ version: opened.scheme.version, body: wish() });
  };
  const begin = (start: TierStart) => {
    const levels = form.getFieldValue("levels") as LevelValues[];
    form.setFieldsValue({ parameters: { ...start.parameters }, levels: withFigures(levels, start) });
    preview.reset();
  };
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      initialValues={valuesOf(opened)}
      onFinish={() => onSubmit(wish())}
    >
      <div className={styles.columns}>
        <div className={styles.page}>
          <Card title={t("programme.form.starts")} note={t("programme.form.startsNote")}>
            <Starts starts={description.starts} onPick={begin} />
          </Card>
          <Card title={t("programme.levels.title")}>
            <LevelRows isMoney={isMoney} money={money} isDeducting={isDeducting} />
          </Card>
          <Card title={t("programme.scheme.title")}>
            <SchemaFields fields={fields} path={["parameters"]} money={money} />
          </Card>
        </div>
        <Card title={t("programme.preview.title")} note={t("programme.preview.note")} className={styles.side}>
          <Preview preview={preview} onLook={() => void look()} />
        </Card>
        <div>
          {refusal}
          <div className={styles.buttons}>
            <Button type="primary" htmlType="submit" loading={isBusy}>
              {t("programme.form.save")}
            </Button>
            <Button onClick={() => go("/loyalty/tiers")}>{t("programme.form.cancel")}</Button>
          </div>
        </div>
      </div>
    </Form>
  );
}

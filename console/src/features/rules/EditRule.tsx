import { useParams } from "@tanstack/react-router";
import { App, Button, Form, Input } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client";
import {
  type Definition,
  type RuleDetail,
  type RuleSchema,
  useChangeRule,
  useRule,
  useRuleCheck,
  useRuleSchema,
} from "../../api/rules";
import { Card } from "../../kit/Card";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { NameFields } from "../../kit/names/NameFields";
import type { Names } from "../../kit/names/names";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useSettled } from "../../kit/useSettled";
import { DefinitionForm } from "./form/DefinitionForm";
import { tidied, type Values } from "./form/schema";
import { Meaning } from "./Meaning";
import styles from "./rules.module.css";
import { TrialPanel } from "./TrialPanel";

const start: Values = {
  activity: "order_paid",
  branches: [
    { effects: [{ kind: "per_amount", currency: "points", points: 1, per_minor: 100, rounding: "down" }] },
  ],
};

export function AddRule() {
  const { t } = useTranslation();
  const schema = useRuleSchema();
  return (
    <Page
      breadcrumb={<Go to="/loyalty/rules">{t("rules.title")}</Go>}
      title={t("rules.form.addTitle")}
      purpose={t("rules.form.purpose")}
    >
      <Loaded of={schema} isPage rows={12} minHeight={480}>
        {(known) => <Editor schema={known} rule={null} />}
      </Loaded>
    </Page>
  );
}

export function EditRule() {
  const { code = "" } = useParams({ strict: false }) as { code?: string };
  const rule = useRule(code);
  return (
    <Loaded of={rule} isPage rows={12} minHeight={480}>
      {(found) => <Editing newest={found} onReload={() => rule.refetch().then(({ data }) => data)} />}
    </Loaded>
  );
}

/** Holds on to the draft that was opened: what others save meanwhile never changes the form under somebody's hands. */
function Editing({
  newest,
  onReload,
}: {
  newest: RuleDetail;
  onReload: () => Promise<RuleDetail | undefined>;
}) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const schema = useRuleSchema();
  const [opened, setOpened] = useState(newest);
  return (
    <Page
      breadcrumb={
        <>
          <Go to="/loyalty/rules">{t("rules.title")}</Go> /{" "}
          <Go to={`/loyalty/rules/${opened.code}`}>{name(opened.name)}</Go>
        </>
      }
      title={t("rules.form.editTitle", { name: name(opened.name) })}
      purpose={t("rules.form.purpose")}
    >
      <Loaded of={schema} isPage rows={12} minHeight={480}>
        {(known) => (
          <Editor
            key={opened.draft?.revision ?? 0}
            schema={known}
            rule={opened}
            onReload={() => void onReload().then((found) => found && setOpened(found))}
          />
        )}
      </Loaded>
    </Page>
  );
}

interface EditorProps {
  schema: RuleSchema;
  rule: RuleDetail | null;
  onReload?: () => void;
}

function Editor({ schema, rule, onReload }: EditorProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const [names] = Form.useForm<Names>();
  const [value, setValue] = useState<Values>(
    rule?.draft?.definition ?? rule?.versions[0]?.definition ?? start,
  );
  const [note, setNote] = useState(rule?.draft?.note ?? "");
  const definition = useMemo(() => tidied(value) as Definition, [value]);
  const check = useRuleCheck(rule?.code ?? null, useSettled(definition, 400));
  const save = useChangeRule();
  const hasMoved = save.error instanceof Refused && save.error.status === 412;
  const saved = (code: string) => () => {
    void message.success(t("rules.form.saved"));
    go(`/loyalty/rules/${code}`);
  };
  const submit = async () => {
    if (rule) {
      const seen = rule.draft?.revision ?? 0;
      save.mutate(
        { what: "draft", code: rule.code, seen, definition, note },
        { onSuccess: saved(rule.code) },
      );
      return;
    }
    const { code, zh, en } = await names.validateFields();
    save.mutate(
      { what: "add", body: { code, name: { zh, en }, definition, note } },
      { onSuccess: saved(code) },
    );
  };
  return (
    <div className={styles.columns}>
      <Form layout="vertical" component="div">
        {!rule && (
          <Card title={t("rules.form.basics")}>
            <Form<Names> form={names} layout="vertical" requiredMark={false}>
              <NameFields codeHelp={t("rules.form.codeHelp")} />
            </Form>
          </Card>
        )}
        <DefinitionForm
          schema={schema}
          problems={check.data?.problems ?? []}
          value={value}
          onChange={setValue}
        />
        <Card>
          <Form.Item label={t("rules.form.note")} htmlFor="rule-note" extra={t("rules.form.noteHelp")}>
            <Input
              id="rule-note"
              maxLength={500}
              value={note}
              onChange={({ target }) => setNote(target.value)}
            />
          </Form.Item>
          <Refusal
            error={save.error}
            action={hasMoved && <Button onClick={onReload}>{t("rules.form.reload")}</Button>}
          />
          <div className={styles.buttons}>
            <Button
              type="primary"
              loading={save.isPending}
              onClick={() => void submit().catch(() => window.scrollTo({ top: 0 }))}
            >
              {t("rules.form.save")}
            </Button>
            <Button onClick={() => go(rule ? `/loyalty/rules/${rule.code}` : "/loyalty/rules")}>
              {t("rules.form.cancel")}
            </Button>
          </div>
        </Card>
      </Form>
      <div className={styles.side}>
        <Meaning check={check} isNew={!rule?.versions.length} />
        <TrialPanel schema={schema} rule={rule?.code ?? null} definition={definition} of="writing" />
      </div>
    </div>
  );
}

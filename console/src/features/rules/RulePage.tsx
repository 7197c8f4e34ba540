import { MoreOutlined } from "@ant-design/icons";
import { useParams } from "@tanstack/react-router";
import { Alert, App, Button, Dropdown, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type RuleDetail, useChangeRule, useRule, useRuleSchema } from "../../api/rules";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { NamesDialog } from "../../kit/names/NamesDialog";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { PublishDialog } from "./PublishDialog";
import { RetireDialog } from "./RetireDialog";
import styles from "./rules.module.css";
import { Says } from "./Says";
import { StateMark } from "./StateMark";
import { TrialPanel } from "./TrialPanel";
import { useSince } from "./useSince";
import { Versions } from "./Versions";

type Open = "publish" | "retire" | "copy" | "rename" | null;

export function RulePage() {
  const { code = "" } = useParams({ strict: false }) as { code?: string };
  const rule = useRule(code);
  return (
    <Loaded of={rule} isPage rows={12} minHeight={480}>
      {(found) => <OneRule rule={found} />}
    </Loaded>
  );
}

function OneRule({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const may = useMay();
  const since = useSince();
  const schema = useRuleSchema();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const tried = rule.draft?.definition ?? rule.versions[0]?.definition;
  return (
    <Page
      breadcrumb={<Go to="/loyalty/rules">{t("rules.title")}</Go>}
      title={name(rule.name)}
      purpose={
        <span className={styles.buttons}>
          <StateMark state={rule.state} />
          {rule.version && <span>{t("rules.version", { version: rule.version })}</span>}
          <span>{since(rule)}</span>
        </span>
      }
      action={may("earning-rules.write") && <Actions rule={rule} onOpen={setOpen} />}
    >
      <div className={styles.columns}>
        <div>
          {rule.draft && <DraftNotice rule={rule} onPublish={() => setOpen("publish")} />}
          {rule.parts.length > 0 && (
            <Card title={t("rules.says")}>
              <Says parts={rule.parts} />
            </Card>
          )}
          <Versions rule={rule} />
        </div>
        <div>
          {may("earning-rules.write") && schema.data && tried && (
            <TrialPanel
              key={rule.draft?.revision ?? 0}
              schema={schema.data}
              rule={rule.code}
              definition={tried}
              of={rule.draft ? "draft" : "published"}
            />
          )}
        </div>
      </div>
      {open === "publish" && rule.draft && <PublishDialog rule={rule} onClose={close} />}
      {open === "retire" && <RetireDialog rule={rule} onClose={close} />}
      {open === "copy" && <Copying rule={rule} onClose={close} />}
      {open === "rename" && <Renaming rule={rule} onClose={close} />}
    </Page>
  );
}

function Actions({ rule, onOpen }: { rule: RuleDetail; onOpen: (what: Open) => void }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const go = useGo();
  const may = useMay();
  const change = useChangeRule();
  const canRetire = may("earning-rules.publish") && (rule.state === "live" || rule.state === "scheduled");
  const remove = () =>
    modal.confirm({
      title: t("rules.removeAsk"),
      content: t("rules.removeHint"),
      okText: t("rules.remove"),
      okButtonProps: { danger: true },
      onOk: () =>
        change.mutateAsync({ what: "remove", code: rule.code }).then(() => {
          void message.success(t("rules.removed"));
          go("/loyalty/rules");
        }),
    });
  const items = [
    { key: "rename", label: t("rules.rename"), onClick: () => onOpen("rename") },
    { key: "copy", label: t("rules.copy"), onClick: () => onOpen("copy") },
    ...(canRetire
      ? [{ key: "retire", danger: true, label: t("rules.retire"), onClick: () => onOpen("retire") }]
      : []),
    ...(rule.versions.length === 0
      ? [{ key: "remove", danger: true, label: t("rules.remove"), onClick: () => void remove() }]
      : []),
  ];
  return (
    <div className={styles.buttons}>
      <Dropdown menu={{ items }} trigger={["click"]}>
        <Button icon={<MoreOutlined />} aria-label={t("rules.more")} />
      </Dropdown>
      <Button
        type={rule.draft ? "default" : "primary"}
        onClick={() => go(`/loyalty/rules/${rule.code}/edit`)}
      >
        {t("rules.edit")}
      </Button>
    </div>
  );
}

function DraftNotice({ rule, onPublish }: { rule: RuleDetail; onPublish: () => void }) {
  const { t } = useTranslation();
  const { since } = useFormat();
  const { message } = App.useApp();
  const go = useGo();
  const may = useMay();
  const discard = useChangeRule();
  const draft = rule.draft;
  if (!draft) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t("rules.draft.title")}
      description={
        <>
          <p>{draft.summary || t("rules.draft.unfinished")}</p>
          <p className={styles.quiet}>
            {t("rules.draft.saved", { at: since(draft.saved_at) })}
            {draft.note && ` · ${draft.note}`}
          </p>
          <Refusal error={discard.error} />
          {may("earning-rules.write") && (
            <div className={styles.buttons}>
              {may("earning-rules.publish") && (
                <Button type="primary" onClick={onPublish}>
                  {t("rules.draft.publish")}
                </Button>
              )}
              <Button onClick={() => go(`/loyalty/rules/${rule.code}/edit`)}>{t("rules.draft.open")}</Button>
              <Popconfirm
                title={t("rules.draft.discardAsk")}
                description={t("rules.draft.discardHint")}
                okText={t("rules.draft.discard")}
                onConfirm={() =>
                  discard.mutate(
                    { what: "discard", code: rule.code, seen: draft.revision },
                    { onSuccess: () => void message.success(t("rules.draft.discarded")) },
                  )
                }
              >
                <Button loading={discard.isPending}>{t("rules.draft.discard")}</Button>
              </Popconfirm>
            </div>
          )}
        </>
      }
    />
  );
}

function Copying({ rule, onClose }: { rule: RuleDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const go = useGo();
  const copy = useChangeRule();
  return (
    <NamesDialog
      codeHelp={t("rules.form.codeHelp")}
      title={t("rules.copying.title", { name: name(rule.name) })}
      action={t("rules.copying.do")}
      start={{
        code: `${rule.code}-2`.slice(0, 60),
        zh: `${rule.name.zh}（副本）`,
        en: `${rule.name.en} (copy)`,
      }}
      isBusy={copy.isPending}
      error={copy.error}
      onClose={onClose}
      onSubmit={({ code, zh, en }) =>
        copy.mutate(
          { what: "copy", code: rule.code, body: { code, name: { zh, en } } },
          {
            onSuccess: () => {
              void message.success(t("rules.copying.done"));
              onClose();
              go(`/loyalty/rules/${code}`);
            },
          },
        )
      }
    />
  );
}

function Renaming({ rule, onClose }: { rule: RuleDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const rename = useChangeRule();
  return (
    <NamesDialog
      title={t("rules.rename")}
      action={t("rules.rename")}
      start={{ code: rule.code, zh: rule.name.zh, en: rule.name.en }}
      isBusy={rename.isPending}
      error={rename.error}
      onClose={onClose}
      onSubmit={({ zh, en }) =>
        rename.mutate(
          { what: "rename", code: rule.code, name: { zh, en } },
          {
            onSuccess: () => {
              void message.success(t("rules.renamed"));
              onClose();
            },
          },
        )
      }
    />
  );
}

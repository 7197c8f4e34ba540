import { useParams } from "@tanstack/react-router";
import { App, Button, Form } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client";
import {
  type CouponTemplateDetail,
  type Terms,
  useChangeCoupon,
  useCouponPreview,
  useCouponTemplate,
} from "../../api/coupons";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { minorDigits } from "../../kit/format";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { NameFields } from "../../kit/names/NameFields";
import type { Names } from "../../kit/names/names";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useSettled } from "../../kit/useSettled";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./coupons.module.css";
import { FormContext } from "./form/context";
import { TermsForm } from "./form/TermsForm";
import type { TermsValue } from "./form/terms";
import { firstTerms, type Kind, kinds } from "./kinds";
import { Preview } from "./Preview";

const home = "/loyalty/coupons";
const view = { kind: "amount_off" };

export function AddTemplate() {
  const { t } = useTranslation();
  const system = useSystem();
  const [{ kind }] = useUrlState(view);
  const chosen = kinds.find((one) => one === kind) ?? "amount_off";
  return (
    <Page
      breadcrumb={<Go to={home}>{t("coupons.title")}</Go>}
      title={t("coupons.form.addTitle")}
      purpose={t("coupons.form.purpose")}
    >
      <Loaded of={system} isPage rows={12} minHeight={480}>
        {({ currency }) => <Editor template={null} kind={chosen} money={currency ?? "CNY"} />}
      </Loaded>
    </Page>
  );
}

export function EditTemplate() {
  const { code = "" } = useParams({ strict: false }) as { code?: string };
  const template = useCouponTemplate(code);
  return (
    <Loaded of={template} isPage rows={12} minHeight={480}>
      {(found) => <Editing newest={found} onReload={() => template.refetch().then(({ data }) => data)} />}
    </Loaded>
  );
}

interface EditingProps {
  newest: CouponTemplateDetail;
  onReload: () => Promise<CouponTemplateDetail | undefined>;
}

/** Holds on to the version that was opened: what others save meanwhile never changes the form under somebody's hands. */
function Editing({ newest, onReload }: EditingProps) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { data: system } = useSystem();
  const [opened, setOpened] = useState(newest);
  return (
    <Page
      breadcrumb={
        <>
          <Go to={home}>{t("coupons.title")}</Go> / <Go to={`${home}/${opened.code}`}>{name(opened.name)}</Go>
        </>
      }
      title={t("coupons.form.editTitle", { name: name(opened.name) })}
      purpose={t("coupons.form.purpose")}
    >
      <Editor
        key={opened.version}
        template={opened}
        kind="amount_off"
        money={system?.currency ?? "CNY"}
        onReload={() => void onReload().then((found) => found && setOpened(found))}
      />
    </Page>
  );
}

interface EditorProps {
  template: CouponTemplateDetail | null;
  kind: Kind;
  money: string;
  onReload?: () => void;
}

function Editor({ template, kind, money, onReload }: EditorProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const [names] = Form.useForm<Names>();
  const zh = Form.useWatch("zh", names) ?? "";
  const en = Form.useWatch("en", names) ?? "";
  const [terms, setTerms] = useState<Terms>(
    template?.draft ?? template?.terms ?? firstTerms(kind, 10 ** minorDigits(money)),
  );
  const preview = useCouponPreview(template?.code ?? null, useSettled(terms, 400), template?.issuing ?? {});
  const save = useChangeCoupon();
  const hasMoved = save.error instanceof Refused && save.error.status === 412;
  const known = useMemo(
    () => ({ money, problems: preview.data?.problems ?? [] }),
    [money, preview.data?.problems],
  );
  const saved = (code: string) => () => {
    void message.success(t("coupons.form.saved"));
    go(`${home}/${code}`);
  };
  const submit = async () => {
    if (template) {
      const { code, version: seen } = template;
      save.mutate({ what: "draft", code, seen, terms }, { onSuccess: saved(code) });
      return;
    }
    const { code, ...name } = await names.validateFields();
    save.mutate({ what: "add", body: { code, name, terms, issuing: {} } }, { onSuccess: saved(code) });
  };
  return (
    <FormContext.Provider value={known}>
      <div className={styles.columns}>
        <Form layout="vertical" component="div">
          {!template && (
            <Card title={t("coupons.form.basics")}>
              <Form<Names> form={names} layout="vertical" requiredMark={false}>
                <NameFields codeHelp={t("coupons.names.codeHelp")} />
              </Form>
            </Card>
          )}
          <TermsForm value={terms as TermsValue} onChange={(next) => setTerms(next as Terms)} />
          <Card>
            <Refusal
              error={save.error}
              action={hasMoved && <Button onClick={onReload}>{t("coupons.form.reload")}</Button>}
            />
            <div className={styles.buttons}>
              <Button
                type="primary"
                loading={save.isPending}
                onClick={() => void submit().catch(() => window.scrollTo({ top: 0 }))}
              >
                {t("coupons.form.save")}
              </Button>
              <Button onClick={() => go(template ? `${home}/${template.code}` : home)}>
                {t("coupons.form.cancel")}
              </Button>
            </div>
          </Card>
        </Form>
        <Preview
          preview={preview.data}
          isBehind={preview.isPlaceholderData}
          name={template ? template.name : { zh, en }}
        />
      </div>
    </FormContext.Provider>
  );
}

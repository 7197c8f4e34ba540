import { App, Button, Form } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client";
import { type Terms, useChangeCoupon, useCouponPreview, useCouponTemplate } from "../../api/coupons";
import { useMay } from "../../api/session";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useSettled } from "../../kit/useSettled";
import styles from "./coupons.module.css";
import { FormContext } from "./form/context";
import { AmountFields, ClaimingFields } from "./IssuingForm";
import { Sentences } from "./Sentences";
import type { CouponTabProps } from "./tabs";

/** How a coupon is given out: to read, and to change. */
export function IssuingTab({ template }: CouponTabProps) {
  const { t } = useTranslation();
  const mayWrite = useMay()("coupons.write");
  const said = template.issuing_sentences;
  if (mayWrite && template.state !== "closed") return <Editing template={template} />;
  return (
    <Card title={t("coupons.issuing.says")}>
      {said.length > 0 ? (
        <Sentences of={said} />
      ) : (
        <p className={styles.quiet}>
          {t(template.state === "closed" ? "coupons.issuing.closed" : "coupons.issuing.unused")}
        </p>
      )}
    </Card>
  );
}

/** Holds on to the version that was opened: what others save meanwhile never changes the form under somebody's hands. */
function Editing({ template }: CouponTabProps) {
  const newest = useCouponTemplate(template.code);
  const [opened, setOpened] = useState(template);
  const reopen = () => newest.refetch().then(({ data }) => data && setOpened(data));
  return <Editor key={opened.version} template={opened} onReopen={() => void reopen()} />;
}

function Editor({ template, onReopen }: CouponTabProps & { onReopen: () => void }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { message } = App.useApp();
  const { data: system } = useSystem();
  const [value, setValue] = useState(template.issuing);
  const terms = (template.terms ?? template.draft ?? {}) as Terms;
  const preview = useCouponPreview(template.code, terms, useSettled(value, 400));
  const save = useChangeCoupon();
  const hasMoved = save.error instanceof Refused && save.error.status === 412;
  const problems = preview.data?.issuing_problems ?? [];
  const known = useMemo(
    () => ({ money: system?.currency ?? "CNY", problems: preview.data?.issuing_problems ?? [] }),
    [system?.currency, preview.data?.issuing_problems],
  );
  const said = preview.data?.issuing[language === "en" ? "en" : "zh"] ?? [];
  const submit = () =>
    save.mutate(
      { what: "issuing", code: template.code, seen: template.version, issuing: value as unknown as Terms },
      {
        onSuccess: () => {
          void message.success(t("coupons.issuing.saved"));
          onReopen();
        },
      },
    );
  return (
    <FormContext.Provider value={known}>
      <div className={styles.columns}>
        <Form layout="vertical" component="div">
          <Card title={t("coupons.tab.issuing")} note={t("coupons.issuing.changes")}>
            <AmountFields value={value} onChange={setValue} />
          </Card>
          <Card title={t("coupons.issuing.claiming")}>
            <ClaimingFields value={value} onChange={setValue} />
          </Card>
          <Card>
            <Refusal
              error={save.error}
              action={hasMoved && <Button onClick={onReopen}>{t("coupons.form.reload")}</Button>}
            />
            <Button type="primary" loading={save.isPending} disabled={problems.length > 0} onClick={submit}>
              {t("coupons.issuing.save")}
            </Button>
          </Card>
        </Form>
        <div className={styles.side}>
          <Card title={t("coupons.issuing.says")}>
            {said.length > 0 ? (
              <Sentences of={said} />
            ) : (
              <p className={styles.quiet}>{t("coupons.issuing.unused")}</p>
            )}
          </Card>
        </div>
      </div>
    </FormContext.Provider>
  );
}

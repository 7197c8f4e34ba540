import { App, Button, Modal, Steps } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type RuleDetail, useChangeRule, useRuleCheck } from "../../api/rules";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { Changes } from "./Changes";
import { FromDay } from "./FromDay";
import styles from "./rules.module.css";
import { Says } from "./Says";

interface Props {
  rule: RuleDetail;
  onClose: () => void;
}

/** What changes, from when on, and the one button that makes it so for ever. */
export function PublishDialog({ rule, onClose }: Props) {
  const { t } = useTranslation();
  const { name, day: shown } = useFormat();
  const { message } = App.useApp();
  const [step, setStep] = useState(0);
  const [day, setDay] = useState<Dayjs | null>(null);
  const check = useRuleCheck(rule.code, rule.draft?.definition ?? {});
  const publish = useChangeRule();
  const isSound = check.data?.problems.length === 0;
  const submit = () =>
    publish.mutate(
      {
        what: "publish",
        code: rule.code,
        seen: rule.draft?.revision ?? 0,
        fromDay: day?.format("YYYY-MM-DD") ?? null,
      },
      {
        onSuccess: () => {
          void message.success(t("rules.publish.done"));
          onClose();
        },
      },
    );
  const footer = (
    <div className={styles.buttons} style={{ justifyContent: "flex-end" }}>
      {step > 0 && <Button onClick={() => setStep(step - 1)}>{t("rules.publish.back")}</Button>}
      {step < 2 ? (
        <Button type="primary" disabled={!isSound} onClick={() => setStep(step + 1)}>
          {t("rules.publish.next")}
        </Button>
      ) : (
        <Button type="primary" loading={publish.isPending} onClick={submit}>
          {t("rules.publish.do")}
        </Button>
      )}
    </div>
  );
  return (
    <Modal
      open
      width={640}
      title={t("rules.publish.title", { name: name(rule.name) })}
      onCancel={onClose}
      footer={footer}
    >
      <Steps
        size="small"
        current={step}
        style={{ margin: "16px 0" }}
        items={[
          { title: t("rules.publish.changes") },
          { title: t("rules.publish.when") },
          { title: t("rules.publish.confirm") },
        ]}
      />
      {step === 0 && (
        <Loaded of={check} rows={4} minHeight={160}>
          {(found) => (
            <>
              {found.problems.length > 0 && (
                <ul className={styles.problems}>
                  {found.problems.map((problem) => (
                    <li key={problem.pointer + problem.detail}>{problem.detail}</li>
                  ))}
                </ul>
              )}
              {rule.versions.length === 0 ? (
                <>
                  <p className={styles.quiet}>{t("rules.publish.first")}</p>
                  <Says parts={found.parts} />
                </>
              ) : found.changes.length === 0 ? (
                <p>{t("rules.publish.nothing")}</p>
              ) : (
                <Changes changes={found.changes} />
              )}
            </>
          )}
        </Loaded>
      )}
      {step === 1 && (
        <FromDay
          label={t("rules.publish.day")}
          now={t("rules.publish.now")}
          later={t("rules.publish.later")}
          help={t("rules.publish.dayHelp")}
          value={day}
          onChange={setDay}
        />
      )}
      {step === 2 && (
        <>
          <p>{check.data?.summary}</p>
          <p>
            {t("rules.publish.from", {
              when: day ? shown(day.format("YYYY-MM-DD")) : t("rules.publish.immediately"),
            })}
          </p>
          <p className={styles.quiet}>{t("rules.publish.sure")}</p>
          <Refusal error={publish.error} />
        </>
      )}
    </Modal>
  );
}

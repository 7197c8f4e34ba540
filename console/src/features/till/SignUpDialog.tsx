import { Button, Checkbox, Form, Input, type InputRef, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../api/attempt";
import { Refused } from "../../api/client";
import { type ConsentAnswer, type Evidence, type Purpose, useNotices } from "../../api/consents";
import type { Store } from "../../api/contract";
import { useFieldsInUse } from "../../api/customFields";
import { useSignUp } from "../../api/members";
import { useMay } from "../../api/session";
import { useAskablePurposes, useRecordConsents } from "../../api/till";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { CustomInputs } from "../customFields/CustomInputs";
import { filled, numberOfTaken } from "../members/signUp/values";
import type { Buyer } from "./sale";
import styles from "./till.module.css";

interface Values {
  phone: string;
  name?: string;
  custom?: Record<string, unknown>;
  purposes?: string[];
}

interface Props {
  store: Store;
  phone: string | undefined;
  onDone: (buyer: Buyer) => void;
  onClose: () => void;
}

/** A phone and a name are enough; what the shop demands besides stands below them. Enter is all it needs. */
export function SignUpDialog({ store, phone, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const required = useFieldsInUse().filter((field) => field.is_required);
  const [form] = Form.useForm<Values>();
  const [key, setKey] = useState(newKey);
  const first = useRef<InputRef>(null);
  const signUp = useSignUp();
  const consents = useRecordConsents();
  const purposes = useAskablePurposes(may("consents.read") && may("consents.write")).data ?? [];
  const taken = signUp.error instanceof Refused ? numberOfTaken(signUp.error.problem) : null;

  const submit = ({ phone: typed, name, custom = {}, purposes: given = [] }: Values) =>
    signUp.mutate(
      {
        key,
        body: { ...filled({ phone: typed, name }), source: { channel: "store", store_id: store.id }, custom },
      },
      {
        onSuccess: (member) => {
          const answers = answersOf(purposes, given);
          if (answers.length === 0) return onDone({ id: member.id });
          const evidence: Evidence = {
            how: "screen",
            hand: "operator",
            source: "till",
            screen: "sign-up",
            store_id: store.id,
          };
          consents.mutate(
            { member: member.id, answers, evidence },
            { onSuccess: () => onDone({ id: member.id }) },
          );
        },
      },
    );
  return (
    <Modal
      open
      title={t("till.signUp.title")}
      onCancel={onClose}
      width={440}
      mask={{ closable: false }}
      afterOpenChange={(isOpen) => isOpen && first.current?.focus()}
      footer={
        <>
          <Button size="large" onClick={onClose}>
            {t("till.cancel")}
          </Button>
          <Button
            size="large"
            type="primary"
            loading={signUp.isPending || consents.isPending}
            onClick={() => form.submit()}
          >
            {t("till.signUp.submit")}
          </Button>
        </>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ phone }}
        onFinish={submit}
        onValuesChange={() => {
          setKey(newKey());
          signUp.reset();
        }}
      >
        <Form.Item
          name="phone"
          label={t("signUp.phone")}
          rules={[{ required: true, whitespace: true, message: t("till.signUp.phoneNeeded") }]}
        >
          <Input
            ref={phone ? undefined : first}
            size="large"
            inputMode="tel"
            maxLength={30}
            autoComplete="off"
          />
        </Form.Item>
        <Form.Item name="name" label={t("signUp.name")}>
          <Input ref={phone ? first : undefined} size="large" maxLength={100} autoComplete="off" />
        </Form.Item>
        <CustomInputs fields={required} under="custom" />
        {purposes.length > 0 && <Purposes purposes={purposes} />}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {purposes.length === 0 && <p className={styles.quiet}>{t("till.signUp.consentHint")}</p>}
      <Refusal
        error={signUp.error ?? consents.error}
        action={
          taken && (
            <Button size="small" onClick={() => onDone({ number: taken })}>
              {t("till.signUp.takeTaken")}
            </Button>
          )
        }
      />
    </Modal>
  );
}

/** The notice as it is published, and one box for each purpose; none is ticked beforehand. */
function Purposes({ purposes }: { purposes: Purpose[] }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { data: notices } = useNotices();
  const codes = new Set(purposes.map((one) => one.notice_code));
  const texts = notices?.items.filter((one) => one.published_at !== null && codes.has(one.code)) ?? [];
  return (
    <Form.Item name="purposes" label={t("till.signUp.consent")}>
      <Checkbox.Group className={styles.radios}>
        {purposes.map((one) => (
          <Checkbox key={one.code} value={one.code}>
            {name(one.name)}
          </Checkbox>
        ))}
        {texts.length > 0 && (
          <details>
            <summary>{t("till.signUp.notice")}</summary>
            {texts.map((one) => (
              <p key={one.code} className={styles.notice}>
                {name(one.text)}
              </p>
            ))}
          </details>
        )}
      </Checkbox.Group>
    </Form.Item>
  );
}

function answersOf(purposes: Purpose[], given: string[]): ConsentAnswer[] {
  return purposes
    .filter((one) => given.includes(one.code))
    .flatMap((one) =>
      one.channels.map((channel) => ({ purpose: one.code, channel, kind: "given" as const })),
    );
}

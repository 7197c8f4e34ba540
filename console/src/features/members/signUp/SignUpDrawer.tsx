import { App, Button, Drawer, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { Refused } from "../../../api/client";
import { useFieldsInUse } from "../../../api/customFields";
import { useSignUp } from "../../../api/members";
import { nameOf } from "../../../kit/nameOf";
import { Refusal } from "../../../kit/Refusal";
import { useGo } from "../../../kit/useGo";
import { CustomInputs } from "../../customFields/CustomInputs";
import { PlaceFields } from "./PlaceFields";
import { ProfileFields } from "./ProfileFields";
import styles from "./signUp.module.css";
import { filled, numberOfTaken, type ProfileValues, profileWish } from "./values";

interface Values extends ProfileValues {
  phone?: string;
  email?: string;
  card?: string;
  store_id?: number;
  employee_id?: number;
  custom?: Record<string, unknown>;
}

interface Props {
  onClose: () => void;
  onDone: (id: number) => void;
}

/** Signs somebody up at the counter. Who is a member already is offered to be opened instead. */
export function SignUpDrawer({ onClose, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const fields = useFieldsInUse();
  const [form] = Form.useForm<Values>();
  // A second press after a lost answer is the same wish; a form that was changed is another one.
  const [key, setKey] = useState(newKey);
  const signUp = useSignUp();
  const taken = signUp.error instanceof Refused ? numberOfTaken(signUp.error.problem) : null;
  const submit = ({ phone, email, card, store_id, employee_id, custom = {}, ...profile }: Values) =>
    signUp.mutate(
      {
        key,
        body: {
          ...profileWish(profile),
          ...filled({ phone, email, card }),
          source: { channel: "store", store_id: store_id ?? null, employee_id: employee_id ?? null },
          custom: Object.fromEntries(Object.entries(custom).filter(([, value]) => isSaid(value))),
        },
      },
      {
        onSuccess: (member) => {
          void message.success(t("signUp.done", { name: nameOf(member) }));
          onDone(member.id);
        },
      },
    );
  return (
    <Drawer
      open
      onClose={onClose}
      size={440}
      title={t("signUp.title")}
      mask={{ closable: false }}
      footer={
        <div className={styles.foot}>
          <Button onClick={onClose}>{t("signUp.cancel")}</Button>
          <Button type="primary" loading={signUp.isPending} onClick={() => form.submit()}>
            {t("signUp.submit")}
          </Button>
        </div>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        onValuesChange={() => {
          setKey(newKey());
          signUp.reset();
        }}
      >
        <Form.Item
          name="phone"
          label={t("signUp.phone")}
          extra={t("signUp.phoneHelp")}
          dependencies={["email", "card"]}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_rule, text?: string) =>
                [text, getFieldValue("email"), getFieldValue("card")].some((one) => one?.trim())
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("signUp.oneNeeded"))),
            }),
          ]}
        >
          <Input inputMode="tel" maxLength={30} autoComplete="off" autoFocus />
        </Form.Item>
        <ProfileFields />
        <Form.Item name="email" label={t("signUp.email")}>
          <Input inputMode="email" maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item name="card" label={t("signUp.card")}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <PlaceFields />
        <CustomInputs fields={fields} under="custom" />
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      <p className={styles.hint}>{t("signUp.consentHint")}</p>
      <Refusal
        error={signUp.error}
        action={
          taken && (
            <Button size="small" onClick={() => go(`/members/number:${taken}`)}>
              {t("signUp.openTaken")}
            </Button>
          )
        }
      />
    </Drawer>
  );
}

const isSaid = (value: unknown) =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

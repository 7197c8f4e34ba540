import { Alert, App, Button, Form, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { useCurrencies } from "../../../api/currencies";
import { useAdjust } from "../../../api/operations";
import { useFormat } from "../../../kit/useFormat";
import { useGo } from "../../../kit/useGo";
import type { Subject } from "../subject";
import { After } from "./After";
import styles from "./dialogs.module.css";
import { AmountField, ReasonField } from "./fields";
import { OperationDialog } from "./OperationDialog";
import { accountOf } from "./useOperation";
import { useTitleOf } from "./useTitleOf";

interface Values {
  direction: "up" | "down";
  amount: number;
  reason: string;
}

/** A change by hand. Above the account's limit it only becomes a wish that somebody else has to approve. */
export function AdjustDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const { t } = useTranslation();
  const { count, signed, name } = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [key] = useState(newKey);
  const adjust = useAdjust();
  const { code } = subject.account.currency;
  const limit = useCurrencies().data?.find((one) => one.code === code)?.approval_above ?? null;
  const amount = Form.useWatch("amount", form) ?? 0;
  const change = Form.useWatch("direction", form) === "down" ? -amount : amount;
  const needsApproval = limit !== null && amount > limit;
  const titles = useTitleOf(subject, "adjust");
  const submit = (values: Values) => {
    const wanted = values.direction === "down" ? -values.amount : values.amount;
    const body = { ...accountOf(subject), amount: wanted, reason: values.reason.trim() };
    adjust.mutate(
      { body, key },
      {
        onSuccess: (answer) => {
          if ("state" in answer) return;
          const value = `${signed(wanted)} ${name(subject.account.currency.name)}`;
          void message.success(t("accounts.done.adjust", { value }));
          onClose();
        },
      },
    );
  };
  if (adjust.data && "state" in adjust.data) return <Waiting title={titles.title} onClose={onClose} />;
  return (
    <OperationDialog<Values>
      {...titles}
      submit={t(needsApproval ? "accounts.adjust.submitForApproval" : "accounts.adjust.submit")}
      form={form}
      start={{ direction: "up" }}
      error={adjust.error}
      isBusy={adjust.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="direction" label={t("accounts.field.direction")}>
        <Radio.Group
          options={[
            { value: "up", label: t("accounts.field.up") },
            { value: "down", label: t("accounts.field.down") },
          ]}
        />
      </Form.Item>
      <AmountField after={<After account={subject.account} change={change} mayOwe />} />
      <ReasonField />
      {needsApproval && (
        <Alert
          type="warning"
          showIcon
          className={styles.alert}
          title={t("accounts.adjust.limit", { value: count(limit) })}
        />
      )}
    </OperationDialog>
  );
}

function Waiting({ title, onClose }: { title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      width={480}
      footer={
        <>
          <Button onClick={() => go("/finance/adjustments")}>{t("accounts.adjust.open")}</Button>
          <Button type="primary" onClick={onClose}>
            {t("accounts.adjust.close")}
          </Button>
        </>
      }
    >
      <Alert
        type="info"
        showIcon
        className={styles.alert}
        title={t("accounts.adjust.waitingTitle")}
        description={t("accounts.adjust.waiting")}
      />
    </Modal>
  );
}

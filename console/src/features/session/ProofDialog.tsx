import { Alert, Button, Form, Input, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFactors, useProve, useProveByPasskey } from "../../api/account";
import { Refused } from "../../api/client";
import { canUsePasskeys } from "../../api/passkey";
import { onProofNeeded } from "../../api/proof";

/** Stands beside every page: when the server asks who is sitting there, this dialog asks the person. */
export function ProofDialog() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const settle = useRef<(isProved: boolean) => void>(() => {});
  const factors = useFactors(isOpen);
  const prove = useProve();
  const byPasskey = useProveByPasskey();
  const [form] = Form.useForm<{ password?: string; code?: string }>();

  useEffect(
    () =>
      onProofNeeded(() => {
        setOpen(true);
        return new Promise((resolve) => {
          settle.current = resolve;
        });
      }),
    [],
  );

  const end = (isProved: boolean) => {
    setOpen(false);
    form.resetFields();
    prove.reset();
    byPasskey.reset();
    settle.current(isProved);
  };
  const hasCode = Boolean(factors.data?.totp_since);
  const hasPassword = factors.data?.has_password ?? true;
  const hasPasskey = canUsePasskeys() && (factors.data?.passkeys.length ?? 0) > 0;
  const submit = (values: { password?: string; code?: string }) =>
    prove.mutate(values.code ? { code: values.code } : { password: values.password }, {
      onSuccess: () => end(true),
    });
  const error = prove.error ?? byPasskey.error;
  return (
    <Modal
      open={isOpen}
      title={t("session.proof.title")}
      okText={t("session.proof.submit")}
      cancelText={t("session.proof.cancel")}
      okButtonProps={{ loading: prove.isPending, disabled: !hasPassword && !hasCode }}
      onOk={form.submit}
      onCancel={() => end(false)}
      width={420}
    >
      <p>{t("session.proof.hint")}</p>
      {error && (
        <Alert
          type="error"
          showIcon
          title={error instanceof Refused ? error.problem.detail : t("session.passkeyStopped")}
          style={{ marginBottom: 16 }}
        />
      )}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        {hasCode ? (
          <Form.Item
            name="code"
            label={t("session.code.label")}
            rules={[{ required: true, message: t("session.code.missing") }]}
          >
            <Input autoComplete="one-time-code" inputMode="numeric" autoFocus />
          </Form.Item>
        ) : (
          hasPassword && (
            <Form.Item
              name="password"
              label={t("session.password")}
              rules={[{ required: true, message: t("session.passwordMissing") }]}
            >
              <Input.Password autoComplete="current-password" autoFocus />
            </Form.Item>
          )
        )}
      </Form>
      {!hasPassword && !hasCode && !hasPasskey && <p>{t("session.proof.signInAgain")}</p>}
      {hasPasskey && (
        <Button
          block
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate(undefined, { onSuccess: () => end(true) })}
        >
          {t("session.withPasskey")}
        </Button>
      )}
    </Modal>
  );
}

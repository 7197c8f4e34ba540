import { Button, Form, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBeginTotp, useConfirmTotp, useRemoveTotp, useRenewRecoveryCodes } from "../../api/account";
import type { Factors } from "../../api/contract";
import { Card } from "../../kit/Card";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./account.module.css";
import { RecoveryCodes } from "./RecoveryCodes";

/** The authenticator app: set up with a QR code, switched off with password and code. */
export function TotpCard({ factors }: { factors: Factors }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const begin = useBeginTotp();
  const confirm = useConfirmTotp();
  const renew = useRenewRecoveryCodes();
  const [codes, setCodes] = useState<string[]>([]);
  const [isRemoving, setRemoving] = useState(false);
  const isOn = factors.totp_since !== null;
  const hasAny = isOn || factors.passkeys.length > 0;
  return (
    <Card
      title={t("session.totp.title")}
      note={t("session.totp.purpose")}
      extra={
        <Tag color={isOn ? "success" : undefined}>{t(isOn ? "session.totp.on" : "session.totp.off")}</Tag>
      }
    >
      <Refusal error={begin.error ?? renew.error} />
      {isOn && factors.totp_since && (
        <p className={styles.hint}>{t("session.totp.since", { at: moment(factors.totp_since) })}</p>
      )}
      {hasAny && (
        <p className={styles.hint}>{t("session.recovery.left", { count: factors.recovery_codes })}</p>
      )}
      {begin.data && !isOn ? (
        <div className={styles.scan}>
          <img
            className={styles.qr}
            alt={t("session.totp.qr")}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(standing(begin.data.qr_svg))}`}
          />
          <div className={styles.steps}>
            <p className={styles.hint}>{t("session.totp.scan")}</p>
            <p className={styles.hint}>
              {t("session.totp.secret")} <span className={styles.secret}>{begin.data.secret}</span>
            </p>
            <Refusal error={confirm.error} />
            <Form<{ code: string }>
              layout="vertical"
              requiredMark={false}
              onFinish={({ code }) =>
                confirm.mutate(code, { onSuccess: (done) => setCodes(done.recovery_codes) })
              }
            >
              <Form.Item
                name="code"
                label={t("session.code.label")}
                rules={[{ required: true, message: t("session.code.missing") }]}
              >
                <Input autoComplete="one-time-code" inputMode="numeric" />
              </Form.Item>
              <Button type="primary" htmlType="submit" loading={confirm.isPending}>
                {t("session.totp.confirm")}
              </Button>
            </Form>
          </div>
        </div>
      ) : (
        <div className={styles.buttons}>
          {isOn ? (
            <Button danger onClick={() => setRemoving(true)}>
              {t("session.totp.remove")}
            </Button>
          ) : (
            <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>
              {t("session.totp.begin")}
            </Button>
          )}
          {hasAny && (
            <Button
              loading={renew.isPending}
              onClick={() => renew.mutate(undefined, { onSuccess: (done) => setCodes(done.recovery_codes) })}
            >
              {t("session.recovery.renew")}
            </Button>
          )}
        </div>
      )}
      <RecoveryCodes
        codes={codes}
        onClose={() => {
          setCodes([]);
          begin.reset();
        }}
      />
      <Removal isOpen={isRemoving} onClose={() => setRemoving(false)} />
    </Card>
  );
}

/** An image stands alone only with its namespace. */
function standing(svg: string): string {
  return svg.includes("xmlns=") ? svg : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
}

function Removal({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveTotp();
  const [form] = Form.useForm<{ password: string; code: string }>();
  return (
    <Modal
      open={isOpen}
      title={t("session.totp.removeTitle")}
      okText={t("session.totp.remove")}
      okButtonProps={{ danger: true, loading: remove.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Refusal error={remove.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => remove.mutate(values, { onSuccess: onClose })}
      >
        <Form.Item
          name="password"
          label={t("session.password")}
          rules={[{ required: true, message: t("session.passwordMissing") }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="code"
          label={t("session.code.label")}
          extra={t("session.code.lost")}
          rules={[{ required: true, message: t("session.code.missing") }]}
        >
          <Input autoComplete="one-time-code" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

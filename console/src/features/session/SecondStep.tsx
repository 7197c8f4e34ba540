import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { HalfSession } from "../../api/contract";
import styles from "./SignIn.module.css";

interface Props {
  half: HalfSession;
  isPending: boolean;
  onCode: (code: string) => void;
  onBack: () => void;
}

/** The password was right; now what the person holds. */
export function SecondStep({ half, isPending, onCode, onBack }: Props) {
  const { t } = useTranslation();
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      size="large"
      onFinish={({ code }) => onCode(code)}
    >
      <p className={styles.step}>{t("session.code.hint")}</p>
      <Form.Item
        name="code"
        label={t(half.has_totp ? "session.code.label" : "session.code.recovery")}
        extra={half.has_totp ? t("session.code.lost") : undefined}
        rules={[{ required: true, message: t("session.code.missing") }]}
      >
        <Input autoComplete="one-time-code" autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isPending}>
        {t("session.code.submit")}
      </Button>
      <Button type="link" block onClick={onBack}>
        {t("session.code.back")}
      </Button>
    </Form>
  );
}

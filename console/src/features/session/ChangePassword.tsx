import { useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client";
import { useChangePassword } from "../../api/session";
import { Card } from "../../kit/Card";
import { Page } from "../../kit/Page";
import { useGo } from "../../kit/useGo";
import styles from "./ChangePassword.module.css";

interface Values {
  current: string;
  next: string;
  again: string;
}

export function ChangePassword() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { first } = useSearch({ strict: false }) as { first?: string };
  const change = useChangePassword();
  const go = useGo();
  const submit = ({ current, next }: Values) =>
    change.mutate(
      { current_password: current, new_password: next },
      {
        onSuccess: () => {
          void message.success(t("session.change.done"));
          go("/", { isReplacing: true });
        },
      },
    );
  return (
    <Page
      title={t("session.change.title")}
      purpose={t(first ? "session.change.hint" : "session.change.hintPlain")}
    >
      <Card className={styles.card}>
        {change.error && <Alert type="error" showIcon className={styles.alert} title={told(change.error)} />}
        <Form<Values> layout="vertical" requiredMark={false} onFinish={submit}>
          <Form.Item
            name="current"
            label={t("session.change.current")}
            rules={[{ required: true, message: t("session.passwordMissing") }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="next"
            label={t("session.change.next")}
            extra={t("session.change.nextHelp")}
            rules={[{ required: true, min: 8, message: t("session.change.tooShort") }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t("session.change.again")}
            dependencies={["next"]}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_rule, value) =>
                  value === getFieldValue("next")
                    ? Promise.resolve()
                    : Promise.reject(new Error(t("session.change.different"))),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <div className={styles.actions}>
            <Button type="primary" htmlType="submit" loading={change.isPending}>
              {t("session.change.submit")}
            </Button>
            {first && (
              <Button onClick={() => go("/", { isReplacing: true })}>{t("session.change.later")}</Button>
            )}
          </div>
        </Form>
      </Card>
    </Page>
  );

  function told(error: Error): string {
    if (!(error instanceof Refused)) return t("kit.error.unreachable");
    if (error.status === 401) return t("session.change.wrongCurrent");
    return error.problem.detail || error.problem.title || t("kit.error.hint");
  }
}

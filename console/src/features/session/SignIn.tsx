import { GlobalOutlined } from "@ant-design/icons";
import { useSearch } from "@tanstack/react-router";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused, Unreachable } from "../../api/client";
import { useSession, useSignIn } from "../../api/session";
import { Mark } from "../../app/Mark";
import { usePreferences } from "../../app/Preferences";
import { Redirect } from "../../kit/Redirect";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useTitle } from "../../kit/useTitle";
import styles from "./SignIn.module.css";

export function SignIn() {
  const { t } = useTranslation();
  const { language, setLanguage } = usePreferences();
  const [hasSwitched, setSwitched] = useState(false);
  const { from } = useSearch({ strict: false }) as { from?: string };
  const session = useSession();
  const signIn = useSignIn();
  const go = useGo();
  const target = safeTarget(from);
  useTitle(t("session.title"));

  // Whoever is signed in already should not see a form flash by.
  if (session.isPending) return null;
  if (session.data && signIn.isIdle) return <Redirect to={target} />;

  const submit = (values: { username: string; password: string }) =>
    signIn.mutate(
      { ...values, language: hasSwitched ? language : null },
      {
        onSuccess: ({ user }) => {
          if (user.language) setLanguage(user.language);
          go(user.is_password_temporary ? "/password?first=1" : target, { isReplacing: true });
        },
      },
    );

  const switchLanguage = () => {
    setSwitched(true);
    setLanguage(language === "zh-CN" ? "en" : "zh-CN");
  };

  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <div className={styles.mark}>
          <Mark height={40} />
        </div>
        <p className={styles.slogan}>{t("session.slogan")}</p>
        {signIn.error && (
          <Alert type="error" showIcon className={styles.alert} title={<Told error={signIn.error} />} />
        )}
        <Form layout="vertical" requiredMark={false} onFinish={submit} size="large">
          <Form.Item
            name="username"
            label={t("session.username")}
            rules={[{ required: true, whitespace: true, message: t("session.usernameMissing") }]}
          >
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={t("session.password")}
            rules={[{ required: true, message: t("session.passwordMissing") }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t("session.submit")}
          </Button>
        </Form>
      </div>
      <Button type="text" icon={<GlobalOutlined />} onClick={switchLanguage}>
        {t(language === "zh-CN" ? "frame.languageEn" : "frame.languageZh")}
      </Button>
    </main>
  );
}

function Told({ error }: { error: Error }) {
  const { t } = useTranslation();
  const { wait } = useFormat();
  if (error instanceof Unreachable) return `${t("kit.error.unreachable")}。${t("kit.error.unreachableHint")}`;
  if (!(error instanceof Refused)) return t("kit.error.title");
  const { problem, status, retryAfterSeconds } = error;
  const code = <span className={styles.code}>{problem.code}</span>;
  if (status === 401)
    return (
      <>
        {t("session.failed")} {code}
      </>
    );
  if (status === 429) {
    return (
      <>
        {retryAfterSeconds
          ? t("session.locked", { wait: wait(retryAfterSeconds) })
          : t("session.lockedNoTime")}{" "}
        {code}
      </>
    );
  }
  return (
    <>
      {problem.detail || problem.title || t("kit.error.hint")} {code}
    </>
  );
}

/** Only addresses of this console: a crafted link must not send people elsewhere after they sign in. */
function safeTarget(from: string | undefined): string {
  return from?.startsWith("/") && !from.startsWith("//") && !from.startsWith("/sign-in") ? from : "/";
}

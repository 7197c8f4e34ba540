import { GlobalOutlined } from "@ant-design/icons";
import { useSearch } from "@tanstack/react-router";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused, Unreachable } from "../../api/client";
import type { Session } from "../../api/contract";
import {
  isWhole,
  useGoToProvider,
  usePasskeySignIn,
  useSecondFactor,
  useSession,
  useSignIn,
} from "../../api/session";
import { Mark } from "../../app/Mark";
import { usePreferences } from "../../app/Preferences";
import { Redirect } from "../../kit/Redirect";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useTitle } from "../../kit/useTitle";
import { OtherWays } from "./OtherWays";
import { SecondStep } from "./SecondStep";
import styles from "./SignIn.module.css";

export function SignIn() {
  const { t } = useTranslation();
  const { language, setLanguage } = usePreferences();
  const [hasSwitched, setSwitched] = useState(false);
  const { from } = useSearch({ strict: false }) as { from?: string };
  const session = useSession();
  const signIn = useSignIn();
  const second = useSecondFactor();
  const byPasskey = usePasskeySignIn();
  const provider = useGoToProvider();
  const go = useGo();
  const target = safeTarget(from);
  useTitle(t("session.title"));

  // Whoever is signed in already should not see a form flash by.
  if (session.isPending) return null;
  if (session.data && signIn.isIdle && second.isIdle && byPasskey.isIdle) return <Redirect to={target} />;

  const chosen = hasSwitched ? language : null;
  const enter = ({ user, must_first }: Session) => {
    if (user.language) setLanguage(user.language);
    if (must_first === "second_factor") return go("/account", { isReplacing: true });
    go(user.is_password_temporary ? "/password?first=1" : target, { isReplacing: true });
  };
  const submit = (values: { username: string; password: string }) =>
    signIn.mutate(
      { ...values, language: chosen },
      { onSuccess: (opened) => (isWhole(opened) ? enter(opened) : undefined) },
    );
  const half = signIn.data && !isWhole(signIn.data) ? signIn.data : null;
  const begin = () => {
    signIn.reset();
    second.reset();
  };
  const error = second.error ?? byPasskey.error ?? provider.error ?? signIn.error;

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
        {error && (
          <Alert
            type="error"
            showIcon
            className={styles.alert}
            title={<Told error={error} isPassword={error === signIn.error} />}
          />
        )}
        {half ? (
          <SecondStep
            half={half}
            isPending={second.isPending}
            onCode={(code) => second.mutate({ code, language: chosen }, { onSuccess: enter })}
            onBack={begin}
          />
        ) : (
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
        )}
        <OtherWays
          isPending={byPasskey.isPending}
          onPasskey={() => byPasskey.mutate(undefined, { onSuccess: enter })}
          onProvider={provider.mutate}
        />
      </div>
      <Button type="text" icon={<GlobalOutlined />} onClick={switchLanguage}>
        {t(language === "zh-CN" ? "frame.languageEn" : "frame.languageZh")}
      </Button>
    </main>
  );
}

function Told({ error, isPassword }: { error: Error; isPassword: boolean }) {
  const { t } = useTranslation();
  const { wait } = useFormat();
  if (error instanceof Unreachable) return `${t("kit.error.unreachable")}。${t("kit.error.unreachableHint")}`;
  if (!(error instanceof Refused)) return t("session.passkeyStopped");
  const { problem, status, retryAfterSeconds } = error;
  const code = <span className={styles.code}>{problem.code}</span>;
  if (status === 401 && isPassword)
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

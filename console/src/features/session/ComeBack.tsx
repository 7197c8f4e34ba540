import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useReturnFromProvider } from "../../api/session";
import { Refusal } from "../../kit/Refusal";
import { useGo } from "../../kit/useGo";
import { Waiting } from "../../kit/Waiting";
import styles from "./SignIn.module.css";

/** Where an identity provider sends the browser back to, with a code that is worth one sign-in. */
export function ComeBack() {
  const { t } = useTranslation();
  const search = useSearch({ strict: false }) as { code?: unknown; state?: unknown };
  const back = useReturnFromProvider();
  const go = useGo();
  const hasAsked = useRef(false);
  const code = String(search.code ?? "");
  const state = String(search.state ?? "");
  const { mutate } = back;

  useEffect(() => {
    if (hasAsked.current) return;
    hasAsked.current = true;
    mutate({ code, state }, { onSuccess: () => go("/", { isReplacing: true }) });
  }, [mutate, code, state, go]);

  return (
    <main className={styles.page}>
      <div className={styles.box}>
        {back.error ? <Refusal error={back.error} /> : <Waiting rows={2} />}
        {back.error && (
          <Button type="primary" block onClick={() => go("/sign-in", { isReplacing: true })}>
            {t("session.backToSignIn")}
          </Button>
        )}
      </div>
    </main>
  );
}

import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useEndOwnSignIn, useOwnSignIns } from "../../api/account";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import styles from "./account.module.css";
import { browserOf } from "./browserOf";

export function OwnSignIns() {
  const { t } = useTranslation();
  const { since } = useFormat();
  const signIns = useOwnSignIns();
  const end = useEndOwnSignIn();
  return (
    <Card title={t("session.signIns.title")} note={t("session.signIns.purpose")}>
      <Loaded of={signIns} rows={3}>
        {(items) => (
          <ul className={styles.lines}>
            {items.map((one) => (
              <li key={one.id}>
                <span>
                  {browserOf(one.user_agent) || t("session.signIns.unknown")}{" "}
                  {one.is_current && <Tag color="success">{t("session.signIns.this")}</Tag>}
                  <div className={styles.quiet}>
                    {t(`session.method.${one.method}`)} · {one.address} · {since(one.seen_at)}
                  </div>
                </span>
                {!one.is_current && (
                  <Button loading={end.isPending} onClick={() => end.mutate(one.id)}>
                    {t("session.signIns.end")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

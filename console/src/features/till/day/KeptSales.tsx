import { CheckCircleOutlined, SendOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../kit/EmptyState";
import { useFormat } from "../../../kit/useFormat";
import { Waiting } from "../../../kit/Waiting";
import { useConnection } from "../offline/useConnection";
import { useKept } from "../offline/useKept";
import styles from "./day.module.css";
import { KeptWords } from "./KeptWords";
import { RefusedSale } from "./RefusedSale";

/** The sales that the server does not have yet: those that wait, and those that somebody has to decide about. */
export function KeptSales() {
  const { t } = useTranslation();
  const { count, money } = useFormat();
  const { isOnline, isSending, isSignedOut, sendNow } = useConnection();
  const kept = useKept();
  if (!kept) return <Waiting rows={4} />;
  const refused = kept.filter(({ state }) => state === "refused");
  const waiting = kept.filter(({ state }) => state !== "refused");
  if (kept.length === 0) {
    return (
      <EmptyState
        icon={<CheckCircleOutlined />}
        title={t("tillDesk.kept.none")}
        hint={t("tillDesk.kept.noneHint")}
      />
    );
  }
  const total = waiting.reduce((sum, one) => sum + one.total_minor, 0);
  return (
    <div className={styles.stack}>
      {isSignedOut && <Alert type="warning" showIcon title={t("tillDesk.kept.signedOut")} />}
      {refused.length > 0 && (
        <section className={styles.stack} aria-label={t("tillDesk.kept.refused")}>
          <h3 className={styles.heading}>{t("tillDesk.kept.refused")}</h3>
          {refused.map((one) => (
            <RefusedSale key={one.key} kept={one} />
          ))}
        </section>
      )}
      {waiting.length > 0 && (
        <section className={styles.stack} aria-label={t("tillDesk.kept.waiting")}>
          <div className={styles.head}>
            <h3 className={styles.heading}>{t("tillDesk.kept.waiting")}</h3>
            <span className={styles.quiet}>
              {t("tillDesk.kept.sum", {
                count: waiting.length,
                value: count(waiting.length),
                amount: money(total),
              })}
            </span>
            <Button
              type="primary"
              size="large"
              icon={<SendOutlined />}
              loading={isSending}
              onClick={() => void sendNow()}
            >
              {t("tillDesk.kept.sendNow")}
            </Button>
          </div>
          {!isOnline && <p className={styles.quiet}>{t("tillDesk.kept.away")}</p>}
          <ul className={styles.list}>
            {waiting.map((one) => (
              <li key={one.key} className={styles.line}>
                <KeptWords kept={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

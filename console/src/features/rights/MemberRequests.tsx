import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRequests } from "../../api/requests";
import { useMay } from "../../api/session";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { Clock } from "./Clock";
import { NewRequestDialog } from "./NewRequestDialog";
import styles from "./rights.module.css";

/** What one member asked for. */
export function MemberRequests({ memberId }: { memberId: number }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const go = useGo();
  const mayWrite = useMay()("requests.write");
  const requests = useRequests({ member: memberId, limit: 20 });
  const [isTaking, setTaking] = useState(false);
  return (
    <section>
      <div className={styles.cardLine}>
        <h3>{t("consent.member.requests")}</h3>
        {mayWrite && <Button onClick={() => setTaking(true)}>{t("consent.member.take")}</Button>}
      </div>
      <Loaded of={requests} rows={2} minHeight={60}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t("consent.member.noRequests")}</p>
          ) : (
            <ul className={styles.trail}>
              {items.map((one) => (
                <li key={one.id} className={styles.cardLine}>
                  <Go to={`/requests/${one.id}`}>
                    {t(`rights.kind.${one.kind}`)}{" "}
                    <span className={styles.quiet}>{moment(one.received_at)}</span>
                  </Go>
                  <Clock request={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {isTaking && (
        <NewRequestDialog
          memberId={memberId}
          onClose={() => setTaking(false)}
          onTaken={(id) => go(`/requests/${id}`)}
        />
      )}
    </section>
  );
}

import { useTranslation } from "react-i18next";
import { useUserSignIns } from "../../api/staff";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import { browserOf } from "../session/browserOf";
import styles from "./staff.module.css";

export function UserSignIns({ id }: { id: number }) {
  const { t } = useTranslation();
  const { since } = useFormat();
  const signIns = useUserSignIns(id);
  return (
    <Loaded of={signIns} rows={3}>
      {(items) =>
        items.length === 0 ? (
          <p className={styles.quiet}>{t("staff.signIns.none")}</p>
        ) : (
          <ul className={styles.list}>
            {items.map((one) => (
              <li key={one.id}>
                {browserOf(one.user_agent) || t("session.signIns.unknown")}
                <div className={styles.quiet}>
                  {t(`session.method.${one.method}`)} · {one.address} · {since(one.seen_at)}
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

import { useTranslation } from "react-i18next";
import type { Backups } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";
import { Verdict } from "../../kit/Verdict";
import styles from "./backups.module.css";

/** How old the newest backup is, held against the age that is allowed. */
export function Newest({ backups }: { backups: Backups }) {
  const { t } = useTranslation();
  const { age, moment } = useFormat();
  const newest = backups.items[0];
  const next = backups.next_backup_at;
  const values = { age: newest ? age(newest.age_seconds) : "", bar: backups.max_age_hours };
  const told = !newest ? "none" : backups.is_late ? "late" : "fresh";
  return (
    <Verdict tone={told === "fresh" ? "good" : "bad"} title={t(`backups.newest.${told}`, values)}>
      <div className={styles.quiet}>
        {told !== "fresh" && <p>{t(`backups.newest.${told}Hint`)}</p>}
        <p>{next ? t("backups.newest.next", { at: moment(next) }) : t("backups.newest.noNext")}</p>
      </div>
    </Verdict>
  );
}

import { useTranslation } from "react-i18next";
import type { MemberRow } from "../../api/contract";
import { TierBadge } from "../../kit/TierBadge";
import { useFormat } from "../../kit/useFormat";
import { MemberName } from "./MemberName";
import styles from "./members.module.css";

/** A member's row on a phone. */
export function MemberCard({ member }: { member: MemberRow }) {
  const { t } = useTranslation();
  const { money, points, day, dayOf } = useFormat();
  return (
    <div className={styles.card}>
      <div className={styles.cardLine}>
        <MemberName member={member} />
        <TierBadge tier={member.tier} />
      </div>
      <div className={styles.cardLine}>
        <span className={styles.quiet}>{member.phone ?? member.number}</span>
        <span>{money(member.net_spend_minor, member.currency)}</span>
      </div>
      <div className={styles.cardLine}>
        <span className={styles.quiet}>
          {t("members.column.lastOrder")}{" "}
          {member.last_order_at ? day(dayOf(member.last_order_at)) : t("kit.none")}
        </span>
        <span className={styles.quiet}>{points(member.points_available)}</span>
      </div>
    </div>
  );
}

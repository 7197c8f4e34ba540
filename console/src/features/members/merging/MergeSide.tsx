import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { Go } from "../../../kit/Go";
import { MemberAvatar } from "../../../kit/MemberAvatar";
import { nameOf } from "../../../kit/nameOf";
import { TierBadge } from "../../../kit/TierBadge";
import { useFormat } from "../../../kit/useFormat";
import styles from "./merging.module.css";

interface Props {
  title: string;
  member: Member;
  isSurvivor?: boolean;
}

/** One of the two, with what tells people apart. */
export function MergeSide({ title, member, isSurvivor = false }: Props) {
  const { t } = useTranslation();
  const { count, day, dayOf, money, points } = useFormat();
  const contacts = member.identities.map(({ value }) => value);
  return (
    <section className={styles.side} data-survivor={isSurvivor}>
      <div className={styles.sideTitle}>{title}</div>
      <div className={styles.who}>
        <MemberAvatar id={member.id} name={nameOf(member)} size={36} />
        <div>
          <Go to={`/members/${member.id}`} className={styles.link}>
            {nameOf(member)}
          </Go>
          <div className={styles.quiet}>{member.number}</div>
        </div>
        <TierBadge tier={member.tier} />
      </div>
      <ul className={styles.facts}>
        {contacts.slice(0, 4).map((value) => (
          <li key={value}>{value}</li>
        ))}
        {contacts.length > 4 && <li>{t("merges.more", { value: count(contacts.length - 4) })}</li>}
        <li>{t("members.profile.joined", { day: day(dayOf(member.joined_at)) })}</li>
        {member.store && <li>{member.store.name}</li>}
        <li>
          {t("merges.bought", {
            orders: count(member.order_count),
            spend: money(member.net_spend_minor, member.currency),
          })}
        </li>
        <li>{points(member.points_available)}</li>
      </ul>
    </section>
  );
}

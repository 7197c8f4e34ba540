import { useTranslation } from "react-i18next";
import type { Member } from "../../api/contract";
import { GeneratedTag } from "../../kit/GeneratedTag";
import { MemberAvatar } from "../../kit/MemberAvatar";
import { nameOf } from "../../kit/nameOf";
import { Swatch } from "../../kit/Swatch";
import { TierBadge } from "../../kit/TierBadge";
import { useFormat } from "../../kit/useFormat";
import styles from "./profile.module.css";

const channels = ["import", "pos", "store", "online", "wechat", "api", "till"] as const;

export function MemberIdentity({ member, isHeading = false }: { member: Member; isHeading?: boolean }) {
  const { t } = useTranslation();
  const { day, dayOf, monthDay } = useFormat();
  const Name = isHeading ? "h1" : "h2";
  const channel = channels.find((one) => one === member.source?.channel) ?? "other";
  const facts = [
    member.name && member.number,
    member.phone,
    member.gender && t(`members.profile.gender.${member.gender}`),
    member.birthday && t("members.profile.birthday", { day: monthDay(member.birthday) }),
    t("members.profile.joined", { day: day(dayOf(member.joined_at)) }),
    member.store?.name,
    member.source && t("members.profile.source", { channel: t(`members.profile.channel.${channel}`) }),
  ].filter(Boolean);
  return (
    <div className={styles.identity}>
      <MemberAvatar id={member.id} name={nameOf(member)} size={isHeading ? 56 : 44} />
      <div>
        <div className={styles.nameLine}>
          <Name>{nameOf(member)}</Name>
          <TierBadge tier={member.tier} />
          <Swatch tone={member.status === "active" ? "good" : member.status === "frozen" ? "warn" : "plain"}>
            {t(`members.status.${member.status}`)}
          </Swatch>
          {member.is_generated && <GeneratedTag />}
        </div>
        <div className={styles.facts}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </div>
      </div>
    </div>
  );
}

import { useTranslation } from "react-i18next";
import type { MemberRow } from "../../api/contract";
import { GeneratedTag } from "../../kit/GeneratedTag";
import { MemberAvatar } from "../../kit/MemberAvatar";
import { nameOf } from "../../kit/nameOf";
import { Swatch } from "../../kit/Swatch";
import styles from "./members.module.css";

export function MemberName({ member }: { member: MemberRow }) {
  const { t } = useTranslation();
  return (
    <span className={styles.person}>
      <MemberAvatar id={member.id} name={nameOf(member)} size={24} />
      <span className={styles.name} title={nameOf(member)}>
        {nameOf(member)}
      </span>
      {member.is_generated && <GeneratedTag />}
      {member.status !== "active" && (
        <Swatch tone={member.status === "frozen" ? "warn" : "plain"}>
          {t(`members.status.${member.status}`)}
        </Swatch>
      )}
    </span>
  );
}

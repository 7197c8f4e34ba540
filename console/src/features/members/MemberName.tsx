import { useTranslation } from "react-i18next";
import type { MemberRow } from "../../api/contract";
import { GeneratedTag } from "../../kit/GeneratedTag";
import { MemberAvatar } from "../../kit/MemberAvatar";
import { Swatch } from "../../kit/Swatch";
import styles from "./members.module.css";

export function MemberName({ member }: { member: MemberRow }) {
  const { t } = useTranslation();
  return (
    <span className={styles.person}>
      <MemberAvatar id={member.id} name={member.name} size={24} />
      <span className={styles.name} title={member.name}>
        {member.name}
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

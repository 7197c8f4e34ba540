import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { GeneratedTag } from "../../../kit/GeneratedTag";
import { MemberAvatar } from "../../../kit/MemberAvatar";
import { nameOf } from "../../../kit/nameOf";
import { Swatch } from "../../../kit/Swatch";
import { TierBadge } from "../../../kit/TierBadge";
import { UnmaskButton } from "../details/UnmaskButton";
import { useUnmasked } from "../details/Unmasked";
import { EditProfile } from "../signUp/EditProfile";
import { MemberActions } from "../status/MemberActions";
import styles from "./header.module.css";

/** Who is open, and what can be done: it stays on top while the page scrolls. */
export function MemberHead({ member }: { member: Member }) {
  const { t } = useTranslation();
  const { values } = useUnmasked();
  const name = values?.name ?? nameOf(member);
  return (
    <div className={styles.head}>
      <MemberAvatar id={member.id} name={name} size={40} />
      <div className={styles.nameLine}>
        <h1>{name}</h1>
        <TierBadge tier={member.tier} />
        <Swatch tone={member.status === "active" ? "good" : member.status === "frozen" ? "warn" : "plain"}>
          {t(`members.status.${member.status}`)}
        </Swatch>
        {member.is_generated && <GeneratedTag />}
      </div>
      <div className={styles.actions}>
        <UnmaskButton member={member} />
        <EditProfile member={member} />
        <MemberActions member={member} />
      </div>
    </div>
  );
}

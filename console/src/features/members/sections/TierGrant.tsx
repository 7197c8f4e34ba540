import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member, MemberTier } from "../../../api/contract";
import { useMay } from "../../../api/session";
import { EndGrantDialog, GrantDialog } from "./GrantDialogs";
import styles from "./sections.module.css";

/** Giving a level by hand, and ending what was given. */
export function TierGrant({ member, tier }: { member: Member; tier: MemberTier }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<"grant" | "end" | null>(null);
  if (!may("tiers.grant")) return null;
  const close = () => setOpen(null);
  return (
    <div className={styles.grant}>
      {member.status === "active" && (
        <Button onClick={() => setOpen("grant")}>
          {t(tier.grant ? "members.grant.change" : "members.grant.give")}
        </Button>
      )}
      {tier.grant && <Button onClick={() => setOpen("end")}>{t("members.grant.end")}</Button>}
      {open === "grant" && <GrantDialog member={member} tier={tier} onClose={close} />}
      {open === "end" && <EndGrantDialog member={member} onClose={close} />}
    </div>
  );
}

import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Identity } from "../../../api/contract";
import { useMay } from "../../../api/session";
import styles from "./identity.module.css";
import { RemoveIdentityDialog } from "./RemoveIdentityDialog";
import { VerifyIdentityDialog } from "./VerifyIdentityDialog";

interface Props {
  member: number;
  identity: Identity;
}

/** What can be done with one identity: note that it was proved, or take it away. */
export function IdentityActions({ member, identity }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<"verify" | "remove" | null>(null);
  if (!may("members.write")) return null;
  const close = () => setOpen(null);
  return (
    <span className={styles.actions}>
      {!identity.is_verified && (
        <Button size="small" onClick={() => setOpen("verify")}>
          {t("memberIdentity.verify.open")}
        </Button>
      )}
      <Button size="small" onClick={() => setOpen("remove")}>
        {t("memberIdentity.remove.open")}
      </Button>
      {open === "verify" && <VerifyIdentityDialog member={member} identity={identity} onClose={close} />}
      {open === "remove" && <RemoveIdentityDialog member={member} identity={identity} onClose={close} />}
    </span>
  );
}

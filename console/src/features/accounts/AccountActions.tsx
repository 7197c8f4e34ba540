import { FileTextOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { useGo } from "../../kit/useGo";
import styles from "./accounts.module.css";
import { AdjustDialog } from "./dialogs/AdjustDialog";
import { GiveDialog } from "./dialogs/GiveDialog";
import { HoldDialog } from "./dialogs/HoldDialog";
import { TransferDialog } from "./dialogs/TransferDialog";
import { UseDialog } from "./dialogs/UseDialog";
import type { Subject } from "./subject";

const dialogs = {
  give: GiveDialog,
  use: UseDialog,
  adjust: AdjustDialog,
  hold: HoldDialog,
  transfer: TransferDialog,
} as const;
type Action = keyof typeof dialogs;

const order: readonly Action[] = ["give", "use", "hold", "transfer", "adjust"];

export function AccountActions({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const may = useMay();
  const go = useGo();
  const [open, setOpen] = useState<Action | null>(null);
  const Dialog = open && dialogs[open];
  const { member, account } = subject;
  return (
    <div className={styles.actions}>
      {order
        .filter((action) => may(action === "adjust" ? "points.adjust" : "points.operate"))
        .map((action) => (
          <Button key={action} onClick={() => setOpen(action)}>
            {t(`accounts.action.${action}`)}
          </Button>
        ))}
      <Button
        icon={<FileTextOutlined />}
        onClick={() => go(`/members/${member}/statement?account=${account.currency.code}`)}
      >
        {t("accounts.statement")}
      </Button>
      {Dialog && <Dialog subject={subject} onClose={() => setOpen(null)} />}
    </div>
  );
}

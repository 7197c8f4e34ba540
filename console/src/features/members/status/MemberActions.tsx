import { MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { useMay } from "../../../api/session";
import { useNarrow } from "../../../kit/useNarrow";
import { MergeDialog } from "../merging/MergeDialog";
import { StatusDialog } from "./StatusDialog";
import { movesFrom, type StatusMove } from "./statusMoves";

/** What can be done with a member as a whole: merge, freeze, cancel, restore. */
export function MemberActions({ member }: { member: Member }) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const may = useMay();
  const [open, setOpen] = useState<StatusMove | "merge" | null>(null);
  const items = [
    ...(may("members.merge") && member.status === "active" ? (["merge"] as const) : []),
    ...(may("members.status") ? movesFrom(member.status) : []),
  ];
  if (items.length === 0) return null;
  const close = () => setOpen(null);
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: items.map((key) => ({
            key,
            label: key === "merge" ? t("merges.dialog.open") : t(`memberStatus.move.${key}`),
            danger: key === "cancel",
          })),
          onClick: ({ key }) => setOpen(items.find((one) => one === key) ?? null),
        }}
      >
        <Button icon={<MoreOutlined />} aria-label={t("memberStatus.actions")}>
          {isNarrow ? null : t("memberStatus.actions")}
        </Button>
      </Dropdown>
      {open === "merge" && <MergeDialog member={member} onClose={close} />}
      {open !== null && open !== "merge" && <StatusDialog member={member} move={open} onClose={close} />}
    </>
  );
}

import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { StaffUser } from "../../api/contract";

const colours = { active: "success", disabled: "default", locked: "warning" } as const;

export function UserState({ user }: { user: StaffUser }) {
  const { t } = useTranslation();
  return <Tag color={colours[user.state]}>{t(`staff.state.${user.state}`)}</Tag>;
}

import {
  KeyOutlined,
  LogoutOutlined,
  OrderedListOutlined,
  SafetyOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import type { Session } from "../api/contract";
import { useSignOut } from "../api/session";
import { useFirstRun } from "../features/tour/useFirstRun";
import { useGo } from "../kit/useGo";
import { useNarrow } from "../kit/useNarrow";

export function UserMenu({ session }: { session: Session }) {
  const { t } = useTranslation();
  const go = useGo();
  const signOut = useSignOut();
  const isNarrow = useNarrow();
  const { isListAway, bringListBack } = useFirstRun();
  const name = session.user.display_name || session.user.username;
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "who", label: name, disabled: true },
          { type: "divider" },
          { key: "account", icon: <SafetyOutlined />, label: t("session.account.title") },
          { key: "password", icon: <KeyOutlined />, label: t("frame.changePassword") },
          ...(isListAway ? [{ key: "list", icon: <OrderedListOutlined />, label: t("tour.list.show") }] : []),
          { key: "out", icon: <LogoutOutlined />, label: t("frame.signOut") },
        ],
        onClick: ({ key }) => {
          if (key === "out") return signOut.mutate();
          if (key === "list") bringListBack();
          go(key === "list" ? "/" : `/${key}`);
        },
      }}
    >
      <Button
        type="text"
        icon={<UserOutlined />}
        aria-label={isNarrow ? t("frame.account") : undefined}
        data-tour="user"
      >
        {isNarrow ? null : name}
      </Button>
    </Dropdown>
  );
}

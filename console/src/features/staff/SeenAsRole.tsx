import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { useRoleView } from "../../api/staff";
import { Loaded } from "../../kit/Loaded";
import { useRoleName } from "./useRoleName";
import { ViewPreview } from "./ViewPreview";

export function SeenAsRole({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const view = useRoleView(code);
  return (
    <Drawer
      open={code !== ""}
      onClose={onClose}
      size={440}
      title={code && t("staff.view.title", { name: roleName(code) })}
    >
      <Loaded of={view} rows={6}>
        {(found) => <ViewPreview view={found} />}
      </Loaded>
    </Drawer>
  );
}

import { Drawer, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStaffUser, useUserView } from "../../api/staff";
import { Loaded } from "../../kit/Loaded";
import { PasswordOnce } from "./PasswordOnce";
import { UserActs } from "./UserActs";
import { UserForm } from "./UserForm";
import { UserSignIns } from "./UserSignIns";
import { ViewPreview } from "./ViewPreview";

interface Props {
  /** A number, "new", or nothing. */
  subject: string;
  onClose: () => void;
}

export function UserDrawer({ subject, onClose }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState<string | null>(null);
  const id = Number(subject) || 0;
  const user = useStaffUser(id);
  return (
    <>
      <Drawer
        open={subject !== ""}
        onClose={onClose}
        size={520}
        destroyOnHidden
        title={subject === "new" ? t("staff.form.addTitle") : (user.data?.display_name ?? "")}
      >
        {subject === "new" && (
          <UserForm
            user={null}
            onDone={(made) => {
              setPassword(made);
              onClose();
            }}
          />
        )}
        {id > 0 && (
          <Loaded of={user} rows={6}>
            {(found) => (
              <Tabs
                items={[
                  {
                    key: "form",
                    label: t("staff.tab.account"),
                    children: (
                      <>
                        <UserForm key={found.id} user={found} onDone={onClose} />
                        <UserActs user={found} onPassword={setPassword} />
                      </>
                    ),
                  },
                  { key: "view", label: t("staff.tab.view"), children: <SeenBy id={found.id} /> },
                  { key: "signIns", label: t("staff.tab.signIns"), children: <UserSignIns id={found.id} /> },
                ]}
              />
            )}
          </Loaded>
        )}
      </Drawer>
      <PasswordOnce password={password} onClose={() => setPassword(null)} />
    </>
  );
}

function SeenBy({ id }: { id: number }) {
  const view = useUserView(id);
  return (
    <Loaded of={view} rows={6}>
      {(found) => <ViewPreview view={found} />}
    </Loaded>
  );
}

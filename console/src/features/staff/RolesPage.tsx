import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { useRoles } from "../../api/staff";
import { Card } from "../../kit/Card";
import { Fact, Facts } from "../../kit/Facts";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { SeenAsRole } from "./SeenAsRole";
import styles from "./staff.module.css";
import { useRoleName } from "./useRoleName";

export function RolesPage() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const go = useGo();
  const roleName = useRoleName();
  const roles = useRoles();
  const mayWrite = useMay()("staff.roles");
  const [seenAs, setSeenAs] = useState("");
  return (
    <Page
      title={t("staff.roles.title")}
      purpose={t("staff.roles.purpose")}
      action={
        mayWrite && (
          <Button type="primary" onClick={() => go("/settings/roles/new")}>
            {t("staff.roles.add")}
          </Button>
        )
      }
    >
      <Loaded of={roles} isPage rows={8} minHeight={360}>
        {(items) => (
          <div className={styles.roles}>
            {items.map((one) => (
              <Card
                key={one.code}
                title={roleName(one.code)}
                extra={<Tag>{t(one.is_built_in ? "staff.roles.builtIn" : "staff.roles.own")}</Tag>}
              >
                <Facts>
                  <Fact term={t("staff.roles.scope")}>{t(`staff.scope.${one.scope}`)}</Fact>
                  <Fact term={t("staff.roles.permissions")}>{count(one.permissions.length)}</Fact>
                  <Fact term={t("staff.roles.users")}>
                    {one.users > 0 ? (
                      <Button
                        type="link"
                        size="small"
                        style={{ padding: 0 }}
                        onClick={() => go(`/settings/staff?role=${one.code}`)}
                      >
                        {count(one.users)}
                      </Button>
                    ) : (
                      count(0)
                    )}
                  </Fact>
                </Facts>
                <div className={styles.buttons}>
                  <Button onClick={() => setSeenAs(one.code)}>{t("staff.roles.seeAs")}</Button>
                  {mayWrite && !one.is_built_in && (
                    <Button onClick={() => go(`/settings/roles/${one.code}`)}>{t("staff.roles.edit")}</Button>
                  )}
                  {mayWrite && (
                    <Button onClick={() => go(`/settings/roles/new?copy=${one.code}`)}>
                      {t("staff.roles.copy")}
                    </Button>
                  )}
                </div>
              </Card>
            ))}
          </div>
        )}
      </Loaded>
      <SeenAsRole code={seenAs} onClose={() => setSeenAs("")} />
    </Page>
  );
}

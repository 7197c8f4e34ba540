import { useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { RoleWish } from "../../api/contract";
import { useRoles } from "../../api/staff";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { RoleForm } from "./RoleForm";
import { useRoleName } from "./useRoleName";

const blank: RoleWish = { name_zh: "", name_en: "", permissions: [], scope: "stores", fields: {} };

/** A role of the shop's own: new, copied from another one, or changed. */
export function RolePage() {
  const { t } = useTranslation();
  const { code = "new" } = useParams({ strict: false }) as { code?: string };
  const { copy } = useSearch({ strict: false }) as { copy?: string };
  const roles = useRoles();
  const roleName = useRoleName();
  const isNew = code === "new";
  return (
    <Page
      title={isNew ? t("staff.roles.add") : t("staff.roles.editTitle", { name: roleName(code) })}
      purpose={t("staff.roles.formPurpose")}
      breadcrumb={<Go to="/settings/roles">{t("staff.roles.title")}</Go>}
    >
      <Loaded of={roles} isPage rows={10} minHeight={400}>
        {(items) => {
          const from = items.find((one) => one.code === (isNew ? copy : code));
          const start: RoleWish = from
            ? {
                name_zh: isNew ? t("staff.roles.copyOf", { name: from.name_zh }) : from.name_zh,
                name_en: isNew ? "" : from.name_en,
                permissions: from.permissions,
                scope: from.scope,
                fields: from.fields,
              }
            : blank;
          return <RoleForm key={code} code={isNew ? null : code} start={start} users={from?.users ?? 0} />;
        }}
      </Loaded>
    </Page>
  );
}

import { TeamOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { StaffUser } from "../../api/contract";
import { useMay } from "../../api/session";
import { useRoles, useStaffUsers } from "../../api/staff";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { keysetDefaults } from "../../kit/keysetState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { SearchField } from "../../kit/SearchField";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./staff.module.css";
import { UserDrawer } from "./UserDrawer";
import { UserState } from "./UserState";
import { useRoleName } from "./useRoleName";

const defaults = { search: "", state: "", role: "", user: "", ...keysetDefaults };
const states = ["active", "disabled", "locked"] as const;

export function StaffList() {
  const { t } = useTranslation();
  const { since } = useFormat();
  const roleName = useRoleName();
  const mayWrite = useMay()("staff.write");
  const roles = useRoles();
  const [state, patch] = useUrlState(defaults);
  const users = useStaffUsers({
    search: state.search || undefined,
    state: states.find((one) => one === state.state),
    role: state.role || undefined,
    limit: Number(state.limit) || 50,
    cursor: state.cursor || undefined,
  });
  const isFiltered = Boolean(state.search || state.state || state.role);
  const columns: Column<StaffUser>[] = [
    {
      key: "name",
      title: t("staff.column.name"),
      render: (one) => (
        <>
          {one.display_name} <span className={styles.quiet}>{one.username}</span>
        </>
      ),
    },
    {
      key: "roles",
      title: t("staff.column.roles"),
      render: (one) => one.roles.map(roleName).join(t("kit.and")) || t("staff.noRole"),
    },
    { key: "state", title: t("staff.column.state"), render: (one) => <UserState user={one} /> },
    {
      key: "factor",
      title: t("staff.column.factor"),
      render: (one) => t(one.has_second_factor ? "staff.factor.on" : "staff.factor.off"),
    },
    {
      key: "seen",
      title: t("staff.column.seen"),
      render: (one) => <span className="num">{one.seen_at ? since(one.seen_at) : t("staff.notNow")}</span>,
    },
  ];
  return (
    <Page
      title={t("staff.title")}
      purpose={t("staff.purpose")}
      action={
        mayWrite && (
          <Button type="primary" onClick={() => patch({ user: "new" })}>
            {t("staff.add")}
          </Button>
        )
      }
    >
      <RecordList
        name="staff"
        defaults={defaults}
        apart={["user"]}
        page={users}
        filters={
          <div className={styles.filters}>
            <SearchField
              value={state.search}
              onChange={(search) => patch({ search, cursor: "" })}
              placeholder={t("staff.search")}
            />
            <Select
              allowClear
              className={styles.select}
              placeholder={t("staff.column.state")}
              aria-label={t("staff.column.state")}
              value={state.state || undefined}
              onChange={(next?: string) => patch({ state: next ?? "", cursor: "" })}
              options={states.map((value) => ({ value, label: t(`staff.state.${value}`) }))}
            />
            <Select
              allowClear
              className={styles.select}
              placeholder={t("staff.column.roles")}
              aria-label={t("staff.column.roles")}
              value={state.role || undefined}
              onChange={(next?: string) => patch({ role: next ?? "", cursor: "" })}
              popupMatchSelectWidth={false}
              options={roles.data?.map((one) => ({ value: one.code, label: roleName(one.code) }))}
            />
          </div>
        }
        columns={columns}
        rowKey={(one) => one.id}
        onOpen={(one) => patch({ user: String(one.id) })}
        selected={Number(state.user)}
        card={(one) => (
          <>
            <div className={styles.line}>
              <span>{one.display_name}</span>
              <UserState user={one} />
            </div>
            <div className={styles.quiet}>
              {one.roles.map(roleName).join(t("kit.and")) || t("staff.noRole")}
            </div>
          </>
        )}
        empty={
          <EmptyState
            icon={<TeamOutlined />}
            title={t(isFiltered ? "staff.empty.filteredTitle" : "staff.empty.title")}
            hint={t(isFiltered ? "staff.empty.filteredHint" : "staff.empty.hint")}
          />
        }
      />
      <UserDrawer subject={state.user} onClose={() => patch({ user: "" })} />
    </Page>
  );
}

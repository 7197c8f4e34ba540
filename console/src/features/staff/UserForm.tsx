import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { StaffUser } from "../../api/contract";
import { useMay, useSession } from "../../api/session";
import { addUser, changeUser, useRoles, useStaffAct } from "../../api/staff";
import { Refusal } from "../../kit/Refusal";
import { usePlaces } from "./usePlaces";
import { useRoleName } from "./useRoleName";

interface Values {
  username: string;
  display_name: string;
  email?: string;
  roles: string[];
  stores: number[];
  regions: number[];
  employee_id?: number | null;
}

interface Props {
  user: StaffUser | null;
  /** With the temporary password of a new account. */
  onDone: (password: string | null) => void;
}

export function UserForm({ user, onDone }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const { data: session } = useSession();
  const roles = useRoles();
  const roleName = useRoleName();
  const places = usePlaces();
  const [form] = Form.useForm<Values>();
  const chosen = Form.useWatch("roles", form) ?? user?.roles ?? [];
  const scopes = new Set(roles.data?.filter((one) => chosen.includes(one.code)).map((one) => one.scope));
  const mayGrant = may("staff.roles") && session?.user.id !== user?.id;
  const save = useStaffAct(async ({ username, display_name, email, ...held }: Values) => {
    const holdings = {
      roles: held.roles,
      stores: held.stores,
      regions: held.regions,
      employee_id: held.employee_id ?? null,
    };
    const profile = { display_name, email: email || null };
    if (user) {
      await changeUser(user.id, profile, mayGrant && isChanged(user, holdings) ? holdings : null);
      return null;
    }
    return (await addUser({ username, ...profile, ...(mayGrant ? holdings : {}) })).password;
  });
  const needed = [{ required: true, whitespace: true, message: t("staff.form.needed") }];
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      style={{ paddingTop: 8 }}
      disabled={!may("staff.write")}
      initialValues={user ? { ...user, email: user.email ?? "" } : { roles: [], stores: [], regions: [] }}
      onFinish={(values) => save.mutate(values, { onSuccess: onDone })}
    >
      <Refusal error={save.error} />
      {!user && (
        <Form.Item
          name="username"
          label={t("staff.form.username")}
          extra={t("staff.form.usernameHelp")}
          rules={needed}
        >
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
      )}
      <Form.Item name="display_name" label={t("staff.form.name")} rules={needed}>
        <Input autoComplete="off" maxLength={80} />
      </Form.Item>
      <Form.Item
        name="email"
        label={t("staff.form.email")}
        extra={t("staff.form.emailHelp")}
        rules={[{ type: "email", message: t("staff.form.emailWrong") }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {mayGrant ? (
        <Form.Item name="roles" label={t("staff.form.roles")} extra={t("staff.form.rolesHelp")}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={roles.data?.map((one) => ({ value: one.code, label: roleName(one.code) }))}
          />
        </Form.Item>
      ) : (
        <Form.Item label={t("staff.form.roles")}>
          {user?.roles.map(roleName).join(t("kit.and")) || t("staff.noRole")}
        </Form.Item>
      )}
      <Form.Item
        name="stores"
        label={t("staff.form.stores")}
        extra={t("staff.form.storesHelp")}
        hidden={!scopes.has("stores")}
      >
        <Select mode="multiple" disabled={!mayGrant} optionFilterProp="label" options={places.stores} />
      </Form.Item>
      <Form.Item
        name="regions"
        label={t("staff.form.regions")}
        extra={t("staff.form.regionsHelp")}
        hidden={!scopes.has("regions")}
      >
        <Select mode="multiple" disabled={!mayGrant} optionFilterProp="label" options={places.regions} />
      </Form.Item>
      <Form.Item
        name="employee_id"
        label={t("staff.form.employee")}
        extra={t("staff.form.employeeHelp")}
        hidden={!scopes.has("own")}
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          disabled={!mayGrant}
          options={places.employees}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t(user ? "staff.form.save" : "staff.form.add")}
      </Button>
    </Form>
  );
}

function isChanged(
  user: StaffUser,
  holdings: Pick<StaffUser, "roles" | "stores" | "regions" | "employee_id">,
) {
  const text = (one: typeof holdings) =>
    JSON.stringify([
      [...one.roles].sort(),
      [...one.stores].sort(),
      [...one.regions].sort(),
      one.employee_id ?? null,
    ]);
  return text(user) !== text(holdings);
}

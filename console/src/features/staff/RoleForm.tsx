import { App, Button, Form, Input, Popconfirm, Radio, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import type { FieldName, FieldView, RoleWish } from "../../api/contract";
import { deleteRole, keepRole, useStaffAct } from "../../api/staff";
import { Card } from "../../kit/Card";
import { Refusal } from "../../kit/Refusal";
import { useGo } from "../../kit/useGo";
import { PermissionGrid } from "./PermissionGrid";
import styles from "./staff.module.css";

interface Props {
  /** Nothing for a role that is new. */
  code: string | null;
  start: RoleWish;
  users: number;
}

const scopes = ["all", "regions", "stores", "own"] as const;
const fields: readonly FieldName[] = ["name", "phone", "email", "birthday", "address", "identities"];
const views: readonly FieldView[] = ["hidden", "masked", "readable"];

export function RoleForm({ code, start, users }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const [form] = Form.useForm<RoleWish>();
  const save = useStaffAct((wish: RoleWish) => keepRole(code, wish));
  const remove = useStaffAct(deleteRole);
  const back = (said: string) => {
    void message.success(said);
    go("/settings/roles");
  };
  const needed = [{ required: true, whitespace: true, message: t("staff.form.needed") }];
  return (
    <Form<RoleWish>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{
        ...start,
        fields: Object.fromEntries(fields.map((one) => [one, start.fields?.[one] ?? "masked"])),
      }}
      onFinish={(wish) => save.mutate(wish, { onSuccess: () => back(t("staff.roles.saved")) })}
    >
      <div className={styles.columns}>
        <Card title={t("staff.roles.permissions")}>
          <Form.Item name="permissions" noStyle>
            <PermissionGrid />
          </Form.Item>
        </Card>
        <Card title={t("staff.roles.about")}>
          <Form.Item name="name_zh" label={t("staff.roles.nameZh")} rules={needed}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="name_en" label={t("staff.roles.nameEn")} extra={t("staff.roles.nameEnHelp")}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="scope" label={t("staff.roles.scope")} extra={t("staff.roles.scopeHelp")}>
            <Radio.Group
              vertical
              options={scopes.map((value) => ({ value, label: t(`staff.scope.${value}`) }))}
            />
          </Form.Item>
          <h3>{t("staff.roles.fields")}</h3>
          <p className={styles.quiet}>{t("staff.roles.fieldsHelp")}</p>
          <div className={styles.fields}>
            {fields.map((one) => (
              <FieldChoice key={one} field={one} />
            ))}
          </div>
          <Refusal error={save.error ?? remove.error} />
          {users > 0 && code && (
            <p className={styles.quiet}>{t("staff.roles.widerEnds", { count: users })}</p>
          )}
          <div className={styles.buttons}>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t("staff.roles.save")}
            </Button>
            <Button onClick={() => go("/settings/roles")}>{t("staff.roles.cancel")}</Button>
            {code && (
              <Popconfirm
                title={t("staff.roles.deleteSure")}
                okText={t("staff.roles.delete")}
                onConfirm={() => remove.mutate(code, { onSuccess: () => back(t("staff.roles.deleted")) })}
              >
                <Button danger>{t("staff.roles.delete")}</Button>
              </Popconfirm>
            )}
          </div>
        </Card>
      </div>
    </Form>
  );
}

function FieldChoice({ field }: { field: FieldName }) {
  const { t } = useTranslation();
  const label = t(`staff.field.${field}`);
  return (
    <>
      <span>{label}</span>
      <Form.Item name={["fields", field]} noStyle>
        <Segmented
          size="small"
          aria-label={label}
          options={views.map((value) => ({ value, label: t(`staff.fieldView.${value}`) }))}
        />
      </Form.Item>
    </>
  );
}

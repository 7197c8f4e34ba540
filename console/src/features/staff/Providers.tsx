import { Button, Form, Input, Modal, Popconfirm, Radio, Select, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Provider, ProviderWish } from "../../api/contract";
import { useMay } from "../../api/session";
import { deleteProvider, keepProvider, useProviders, useRoles, useStaffAct } from "../../api/staff";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import styles from "./staff.module.css";
import { useRoleName } from "./useRoleName";

export function Providers() {
  const { t } = useTranslation();
  const mayWrite = useMay()("staff.security");
  const providers = useProviders();
  const remove = useStaffAct(deleteProvider);
  const [open, setOpen] = useState<Provider | "new" | null>(null);
  return (
    <Card
      title={t("staff.providers.title")}
      note={t("staff.providers.purpose")}
      extra={mayWrite && <Button onClick={() => setOpen("new")}>{t("staff.providers.add")}</Button>}
    >
      <Refusal error={remove.error} />
      <Loaded of={providers} rows={2}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t("staff.providers.empty")}</p>
          ) : (
            <ul className={styles.list}>
              {items.map((one) => (
                <li key={one.id} className={styles.line}>
                  <span>
                    {one.name} {!one.is_active && <Tag>{t("staff.providers.off")}</Tag>}
                    <div className={styles.quiet}>{one.issuer}</div>
                    <div className={styles.quiet}>
                      {t("staff.providers.return", { address: one.return_address })}
                    </div>
                  </span>
                  {mayWrite && (
                    <span className={styles.buttons}>
                      <Button onClick={() => setOpen(one)}>{t("staff.providers.edit")}</Button>
                      <Popconfirm
                        title={t("staff.providers.sure", { name: one.name })}
                        okText={t("staff.providers.delete")}
                        onConfirm={() => remove.mutate(one.id)}
                      >
                        <Button danger>{t("staff.providers.delete")}</Button>
                      </Popconfirm>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open && <ProviderForm provider={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function ProviderForm({ provider, onClose }: { provider: Provider | null; onClose: () => void }) {
  const { t } = useTranslation();
  const roles = useRoles();
  const roleName = useRoleName();
  const [form] = Form.useForm<ProviderWish>();
  const save = useStaffAct((wish: ProviderWish) =>
    keepProvider(provider?.id ?? null, {
      ...wish,
      client_secret: wish.client_secret || null,
      default_role: wish.default_role ?? null,
    }),
  );
  const needed = [{ required: true, whitespace: true, message: t("staff.form.needed") }];
  const blank = { console_address: window.location.origin, matching: "email", is_active: true };
  return (
    <Modal
      open
      title={t(provider ? "staff.providers.edit" : "staff.providers.add")}
      okText={t("staff.providers.save")}
      okButtonProps={{ loading: save.isPending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Refusal error={save.error} />
      <Form<ProviderWish>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={provider ?? blank}
        onFinish={(wish) => save.mutate(wish, { onSuccess: onClose })}
      >
        <Form.Item name="name" label={t("staff.providers.name")} rules={needed}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item
          name="issuer"
          label={t("staff.providers.issuer")}
          extra={t("staff.providers.issuerHelp")}
          rules={needed}
        >
          <Input placeholder="https://" />
        </Form.Item>
        <Form.Item name="client_id" label={t("staff.providers.clientId")} rules={needed}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="client_secret"
          label={t("staff.providers.secret")}
          extra={provider ? t("staff.providers.secretKept") : undefined}
          rules={provider ? [] : needed}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="console_address"
          label={t("staff.providers.console")}
          extra={t("staff.providers.consoleHelp")}
          rules={needed}
        >
          <Input />
        </Form.Item>
        <Form.Item name="matching" label={t("staff.providers.matching")}>
          <Radio.Group
            options={(["email", "username"] as const).map((value) => ({
              value,
              label: t(`staff.providers.by.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="default_role"
          label={t("staff.providers.role")}
          extra={t("staff.providers.roleHelp")}
        >
          <Select
            allowClear
            options={roles.data?.map((one) => ({ value: one.code, label: roleName(one.code) }))}
          />
        </Form.Item>
        <Form.Item name="is_active" label={t("staff.providers.active")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}

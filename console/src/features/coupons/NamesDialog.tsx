import { App, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponTemplateDetail, useChangeCoupon } from "../../api/coupons";
import { Refusal } from "../../kit/Refusal";
import { useGo } from "../../kit/useGo";

export interface Names {
  code: string;
  zh: string;
  en: string;
}

interface DialogProps {
  title: string;
  action: string;
  start: Names;
  /** Whether a code is asked for, too. */
  isNew: boolean;
  isBusy: boolean;
  error: unknown;
  onSubmit: (names: Names) => void;
  onClose: () => void;
}

function NamesDialog({ title, action, start, isNew, isBusy, error, onSubmit, onClose }: DialogProps) {
  const [form] = Form.useForm<Names>();
  return (
    <Modal
      open
      title={title}
      okText={action}
      okButtonProps={{ loading: isBusy }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Names>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={start}
        onFinish={(names) => onSubmit({ ...start, ...names })}
      >
        <NameFields isNew={isNew} />
        <Refusal error={error} />
        <button type="submit" hidden aria-label={action} />
      </Form>
    </Modal>
  );
}

export function NameFields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t("coupons.names.needed") }];
  return (
    <>
      <Form.Item name="zh" label={t("coupons.names.zh")} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="en" label={t("coupons.names.en")} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      {isNew && (
        <Form.Item
          name="code"
          label={t("coupons.names.code")}
          extra={t("coupons.names.codeHelp")}
          rules={[
            { required: true, pattern: /^[a-z][a-z0-9_-]{0,59}$/, message: t("coupons.names.codeHelp") },
          ]}
        >
          <Input maxLength={60} />
        </Form.Item>
      )}
    </>
  );
}

interface Props {
  template: CouponTemplateDetail;
  onClose: () => void;
}

export function Renaming({ template, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const rename = useChangeCoupon();
  const { code, version: seen } = template;
  return (
    <NamesDialog
      title={t("coupons.names.renameTitle")}
      action={t("coupons.names.save")}
      start={{ code, ...template.name }}
      isNew={false}
      isBusy={rename.isPending}
      error={rename.error}
      onSubmit={({ zh, en }) =>
        rename.mutate(
          { what: "rename", code, seen, name: { zh, en } },
          {
            onSuccess: () => {
              void message.success(t("coupons.page.renamed"));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}

export function Copying({ template, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const copy = useChangeCoupon();
  const named = (lng: string, name: string) => i18n.getFixedT(lng)("coupons.page.copyOf", { name });
  return (
    <NamesDialog
      title={t("coupons.names.copyTitle")}
      action={t("coupons.page.copy")}
      start={{
        code: `${template.code.slice(0, 50)}-copy`,
        zh: named("zh", template.name.zh).slice(0, 60),
        en: named("en", template.name.en).slice(0, 60),
      }}
      isNew
      isBusy={copy.isPending}
      error={copy.error}
      onSubmit={({ code, zh, en }) =>
        copy.mutate(
          { what: "copy", code: template.code, body: { code, name: { zh, en } } },
          {
            onSuccess: () => {
              void message.success(t("coupons.page.copied"));
              onClose();
              go(`/loyalty/coupons/${code}`);
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}

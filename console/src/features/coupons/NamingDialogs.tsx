import { App } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponTemplateDetail, useChangeCoupon } from "../../api/coupons";
import { NamesDialog } from "../../kit/names/NamesDialog";
import { useGo } from "../../kit/useGo";

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
      codeHelp={t("coupons.names.codeHelp")}
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

import { useParams } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type CouponTemplateDetail, useCouponTemplate } from "../../api/coupons";
import { useMay } from "../../api/session";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { SectionTabs } from "../../kit/SectionTabs";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { Waiting } from "../../kit/Waiting";
import styles from "./coupons.module.css";
import { Copying, Renaming } from "./NamingDialogs";
import { PublishDialog } from "./PublishDialog";
import { StateMark } from "./StateMark";
import { TemplateActions } from "./TemplateActions";
import { TermsTab } from "./TermsTab";
import { couponTabs } from "./tabs";

export type Open = "publish" | "copy" | "rename" | null;
const view = { tab: "terms" };

export function TemplatePage() {
  const { code = "" } = useParams({ strict: false }) as { code?: string };
  const template = useCouponTemplate(code);
  return (
    <Loaded of={template} isPage rows={12} minHeight={480}>
      {(found) => <OneTemplate template={found} />}
    </Loaded>
  );
}

function OneTemplate({ template }: { template: CouponTemplateDetail }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const may = useMay();
  const [{ tab }, patch] = useUrlState(view);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const tabs = [
    {
      key: "terms",
      title: t("coupons.tab.terms"),
      content: <TermsTab template={template} onPublish={() => setOpen("publish")} />,
    },
    ...couponTabs
      .filter(({ permission }) => may(permission))
      .map(({ key, title, component: Component }) => ({
        key,
        title: t(title),
        content: (
          <Suspense fallback={<Waiting rows={6} minHeight={320} />}>
            <Component template={template} />
          </Suspense>
        ),
      })),
  ];
  return (
    <Page
      breadcrumb={<Go to="/loyalty/coupons">{t("coupons.title")}</Go>}
      title={name(template.name)}
      purpose={
        <span className={styles.buttons}>
          <StateMark state={template.state} />
          {template.terms_version > 0 && (
            <span>{t("coupons.page.version", { version: template.terms_version })}</span>
          )}
          <span>{t(`coupons.stateHelp.${template.state}`)}</span>
        </span>
      }
      action={may("coupons.write") && <TemplateActions template={template} onOpen={setOpen} />}
    >
      <SectionTabs
        label={t("coupons.page.choose")}
        tabs={tabs}
        chosen={tab}
        onChoose={(key) => patch({ tab: key })}
      />
      {open === "publish" && <PublishDialog template={template} onClose={close} />}
      {open === "copy" && <Copying template={template} onClose={close} />}
      {open === "rename" && <Renaming template={template} onClose={close} />}
    </Page>
  );
}

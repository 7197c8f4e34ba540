import { Alert, App, Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponTemplateDetail, useChangeCoupon } from "../../api/coupons";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Figure } from "../../kit/Figure";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { CouponCard } from "./CouponCard";
import styles from "./coupons.module.css";
import { Sentences } from "./Sentences";
import { useCounted } from "./useCounted";

interface Props {
  template: CouponTemplateDetail;
  onPublish: () => void;
}

/** What a coupon says, as members see it, and how many there are. */
export function TermsTab({ template, onPublish }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const counted = useCounted();
  const mayWrite = useMay()("coupons.write");
  const figure = (key: "left" | "issued" | "redeemed") => (
    <Figure
      label={t(`coupons.page.figure.${key}`)}
      value={counted[key](template)}
      explain={{ definition: t(`coupons.page.figure.${key}Help`) }}
    />
  );
  return (
    <div className={styles.columns}>
      <div>
        {template.has_draft && <DraftNotice template={template} mayWrite={mayWrite} onPublish={onPublish} />}
        <Card title={t("coupons.page.says")}>
          <Sentences of={template.sentences} />
          {template.sentences.length === 0 && <p className={styles.quiet}>{t("coupons.page.unfinished")}</p>}
        </Card>
      </div>
      <div>
        <Card title={t("coupons.page.card")}>
          <CouponCard
            headline={template.told || t("coupons.preview.unnamed")}
            title={name(template.name)}
            note={template.kind && t(`coupons.kind.${template.kind as "gift"}`)}
            isFaded={template.state === "closed"}
          />
        </Card>
        <Card>
          <div className={styles.figures}>
            {figure("issued")}
            {figure("redeemed")}
            {figure("left")}
          </div>
        </Card>
      </div>
    </div>
  );
}

function DraftNotice({ template, mayWrite, onPublish }: Props & { mayWrite: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const discard = useChangeCoupon();
  const isFirst = template.terms_version === 0;
  return (
    <Alert
      type="info"
      showIcon
      title={t(isFirst ? "coupons.page.firstDraft" : "coupons.page.draft")}
      description={
        <>
          <p>{t(isFirst ? "coupons.page.firstDraftHint" : "coupons.page.draftHint")}</p>
          <Refusal error={discard.error} />
          {mayWrite && (
            <div className={styles.buttons}>
              <Button type="primary" onClick={onPublish}>
                {t("coupons.page.publish")}
              </Button>
              <Button onClick={() => go(`/loyalty/coupons/${template.code}/edit`)}>
                {t("coupons.page.open")}
              </Button>
              {!isFirst && (
                <Popconfirm
                  title={t("coupons.page.discardAsk")}
                  description={t("coupons.page.discardHint")}
                  okText={t("coupons.page.discard")}
                  onConfirm={() =>
                    discard.mutate(
                      { what: "discard", code: template.code, seen: template.version },
                      { onSuccess: () => void message.success(t("coupons.page.discarded")) },
                    )
                  }
                >
                  <Button loading={discard.isPending}>{t("coupons.page.discard")}</Button>
                </Popconfirm>
              )}
            </div>
          )}
        </>
      }
    />
  );
}

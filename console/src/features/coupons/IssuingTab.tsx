import { useTranslation } from "react-i18next";
import { Card } from "../../kit/Card";
import styles from "./coupons.module.css";
import { Sentences } from "./Sentences";
import type { CouponTabProps } from "./tabs";

/** How a coupon is given out. */
export function IssuingTab({ template }: CouponTabProps) {
  const { t } = useTranslation();
  const said = template.issuing_sentences;
  return (
    <Card title={t("coupons.issuing.says")}>
      {said.length > 0 ? (
        <Sentences of={said} />
      ) : (
        <p className={styles.quiet}>{t("coupons.issuing.unused")}</p>
      )}
    </Card>
  );
}

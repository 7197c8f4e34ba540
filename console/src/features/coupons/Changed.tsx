import { useTranslation } from "react-i18next";
import type { CouponVersion } from "../../api/coupons";
import styles from "./coupons.module.css";

/** What a version says otherwise than the one before. */
export function Changed({ version }: { version: CouponVersion }) {
  const { t } = useTranslation();
  const { added, dropped } = version;
  if (added.length + dropped.length === 0)
    return <p className={styles.quiet}>{t("coupons.versions.same")}</p>;
  return (
    <div>
      {dropped.map((sentence) => (
        <p key={sentence} className={styles.dropped}>
          <span>{t("coupons.publish.dropped")}</span>
          <span>{sentence}</span>
        </p>
      ))}
      {added.map((sentence) => (
        <p key={sentence} className={styles.added}>
          <span>{t("coupons.publish.added")}</span>
          <span>{sentence}</span>
        </p>
      ))}
    </div>
  );
}

import { useTranslation } from "react-i18next";
import type { CouponGiftPreview } from "../../../api/couponIssue";
import { useFormat } from "../../../kit/useFormat";
import styles from "./issue.module.css";
import { written } from "./references";

/** What giving would come to: how many, who is left out, and whether there is enough. */
export function Meaning({ preview, isStale }: { preview: CouponGiftPreview | undefined; isStale: boolean }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (!preview) return <p className={styles.quiet}>{t("couponIssue.many.sayWho")}</p>;
  const { members, not_active, unknown, unknown_count, stock_left, needs_approval } = preview;
  const wanted = members - not_active;
  const notes = [
    not_active > 0 && t("couponIssue.many.notActive", { count: not_active, value: count(not_active) }),
    unknown_count > 0 &&
      t("couponIssue.many.unknown", {
        count: unknown_count,
        value: count(unknown_count),
        some: unknown.slice(0, 3).map(written).join(", "),
      }),
    stock_left !== null &&
      (stock_left < wanted
        ? t("couponIssue.many.tooFew", { left: count(stock_left), missing: count(wanted - stock_left) })
        : t("couponIssue.many.enough", { left: count(stock_left) })),
    needs_approval && t("couponIssue.many.needsApproval"),
  ].filter((one): one is string => Boolean(one));
  return (
    <div className={styles.meaning} data-stale={isStale} aria-live="polite">
      <b>{t("couponIssue.many.members", { count: members, value: count(members) })}</b>
      {notes.map((note) => (
        <div key={note} className={styles.quiet}>
          {note}
        </div>
      ))}
    </div>
  );
}

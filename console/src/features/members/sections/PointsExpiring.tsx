import { useTranslation } from "react-i18next";
import { useFormat } from "../../../kit/useFormat";
import { sectionData } from "../overview";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";

export function PointsExpiring({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { points, day, count } = useFormat();
  const account = sectionData(overview, "points")?.accounts.find((one) => one.currency.code === "points");
  const expiring = account?.expiring ?? [];
  return (
    <>
      {account && account.debt > 0 && (
        <div className={styles.debt}>{t("members.profile.debt", { value: count(account.debt) })}</div>
      )}
      {expiring.length === 0 && <div className={styles.quiet}>{t("members.profile.noExpiring")}</div>}
      <ul className={styles.pairs}>
        {expiring.map(({ on, amount }) => (
          <li key={on}>
            <span>{day(on)}</span>
            <span>{points(amount)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

import { useTranslation } from "react-i18next";
import { useAdjustments } from "../../../api/adjustments";
import { Go } from "../../../kit/Go";
import { useFormat } from "../../../kit/useFormat";
import { Accounts } from "../../accounts/Accounts";
import { AdjustmentStateMark } from "../../finance/AdjustmentStateMark";
import { useCurrencyName } from "../../finance/useCurrencyName";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";

const shownDecided = 3;

/** The accounts of a member, and above them what was asked for and needs, or needed, a second person. */
export function MemberPoints({ overview }: MemberSectionProps) {
  return (
    <>
      <Adjustments member={overview.member.id} />
      <Accounts overview={overview} />
    </>
  );
}

function Adjustments({ member }: { member: number }) {
  const { t } = useTranslation();
  const { signed, moment } = useFormat();
  const currencyName = useCurrencyName();
  const { data } = useAdjustments({ member: String(member), limit: 20 });
  const items = data?.items ?? [];
  const waiting = items.filter((one) => one.state === "waiting");
  const decided = items.filter((one) => one.state !== "waiting").slice(0, shownDecided);
  if (items.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>{t("members.adjustments.title")}</h3>
      <ul className={styles.pairs}>
        {[...waiting, ...decided].map((one) => (
          <li key={one.id}>
            <span>
              <Go to={`/finance/adjustments?state=${one.state}&adjustment=${one.id}`} className={styles.link}>
                {signed(one.amount)} {currencyName(one.currency)}
              </Go>
              <div className={styles.quiet}>
                {one.requested_by.name ?? t("finance.adjustments.someone")} · {moment(one.requested_at)} ·{" "}
                {one.reason}
              </div>
              {one.decided_at && (
                <div className={styles.quiet}>
                  {t("members.adjustments.decided", {
                    name: one.decided_by?.name ?? t("finance.adjustments.someone"),
                    at: moment(one.decided_at),
                  })}
                  {one.note && ` · ${one.note}`}
                </div>
              )}
            </span>
            <AdjustmentStateMark state={one.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

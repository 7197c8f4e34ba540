import { useTranslation } from "react-i18next";
import type { TierChange } from "../../../api/contract";
import { useTierChanges } from "../../../api/members";
import { useMemberTier } from "../../../api/tiers";
import { EmptyState } from "../../../kit/EmptyState";
import { Loaded } from "../../../kit/Loaded";
import { TierBadge } from "../../../kit/TierBadge";
import { useFormat } from "../../../kit/useFormat";
import { useAmount } from "../../programme/useAmount";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";
import { TierGrant } from "./TierGrant";
import { TierWay } from "./TierWay";

/** A member's level: the way on, what can be done about it by hand, and how it came. */
export function TierHistory({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const tier = useMemberTier(overview.member.id);
  const changes = useTierChanges(overview.member.id);
  return (
    <>
      <Loaded of={tier} rows={4} minHeight={140}>
        {(found) => (
          <div className={styles.tierNow}>
            <TierWay tier={found} />
            <TierGrant member={overview.member} tier={found} />
          </div>
        )}
      </Loaded>
      <Loaded of={changes} rows={6} minHeight={240}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("members.tierChanges.empty")} hint={t("members.tierChanges.emptyHint")} />
          ) : (
            <ol className={styles.changes}>
              {items.map((change) => (
                <Change key={change.change_no} change={change} currency={overview.member.currency} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </>
  );
}

function Change({ change, currency }: { change: TierChange; currency: string }) {
  const { t } = useTranslation();
  const { moment, day } = useFormat();
  const told = useAmount();
  const { amount, threshold, unit, text, window_from, window_to } = change.explanation;
  return (
    <li>
      <div className={styles.changeHead}>
        <span className={styles.changeWhat}>
          {t(`members.tierChanges.reason.${change.reason}`)}
          {change.from && change.from.code !== change.to.code && (
            <>
              <TierBadge tier={change.from} />
              <span aria-hidden="true">→</span>
            </>
          )}
          <TierBadge tier={change.to} />
        </span>
        <time dateTime={change.at}>{moment(change.at)}</time>
      </div>
      <p>{text}</p>
      <div className={styles.changeFacts}>
        {window_from && window_to && (
          <span>
            {t("members.tierChanges.window")} {day(window_from)} – {day(window_to)}
          </span>
        )}
        {unit && amount !== null && (
          <span>
            {t("members.tierChanges.amount")} {told(amount, unit, currency)}
          </span>
        )}
        {unit && threshold !== null && (
          <span>
            {t("members.tierChanges.threshold")} {told(threshold, unit, currency)}
          </span>
        )}
        {change.valid_until && (
          <span>
            {t("members.tierChanges.validUntil")} {day(change.valid_until)}
          </span>
        )}
      </div>
    </li>
  );
}

import { useTranslation } from "react-i18next";
import type { TierChange } from "../../../api/contract";
import { useTierChanges } from "../../../api/members";
import { EmptyState } from "../../../kit/EmptyState";
import { Loaded } from "../../../kit/Loaded";
import { TierBadge } from "../../../kit/TierBadge";
import { useFormat } from "../../../kit/useFormat";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";

export function TierHistory({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const changes = useTierChanges(overview.member.id);
  return (
    <Loaded of={changes} rows={6} minHeight={240}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t("members.tierChanges.empty")} hint={t("members.tierChanges.emptyHint")} />
        ) : (
          <ol className={styles.changes}>
            {items.map((change) => (
              <Change key={change.at + change.to.code} change={change} currency={overview.member.currency} />
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}

function Change({ change, currency }: { change: TierChange; currency: string }) {
  const { t } = useTranslation();
  const { moment, money, day } = useFormat();
  const { explanation } = change;
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
      {explanation && <p>{explanation.text}</p>}
      <div className={styles.changeFacts}>
        {explanation && (
          <>
            <span>
              {t("members.tierChanges.window")} {day(explanation.window_from)} – {day(explanation.window_to)}
            </span>
            <span>
              {t("members.tierChanges.amount")} {money(explanation.amount_minor, currency)}
            </span>
            <span>
              {t("members.tierChanges.threshold")} {money(explanation.threshold_minor, currency)}
            </span>
          </>
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

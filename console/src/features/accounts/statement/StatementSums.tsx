import { useTranslation } from "react-i18next";
import type { Statement } from "../../../api/contract";
import { Card } from "../../../kit/Card";
import { Figure } from "../../../kit/Figure";
import { useFormat } from "../../../kit/useFormat";
import { useEntryKind } from "../entryKind";
import styles from "./statement.module.css";

/** What the period began and ended with, what moved in between, and what ends next. */
export function StatementSums({ statement }: { statement: Statement }) {
  const { t } = useTranslation();
  const { count, signed, day, moment, points } = useFormat();
  const kindName = useEntryKind();
  const { opening, closing, totals, expiring } = statement;
  const added = totals.reduce((sum, one) => sum + one.added, 0);
  const taken = totals.reduce((sum, one) => sum + one.taken, 0);
  const computedAt = statement.generated_at;
  const between = t("finance.statement.between", { from: day(statement.from), to: day(statement.to) });
  const parts = (balance: Statement["opening"]) =>
    t("finance.statement.parts", {
      available: count(balance.available),
      pending: count(balance.pending),
      held: count(balance.held),
      debt: count(balance.debt),
    });
  return (
    <>
      <Card>
        <div className={styles.figures}>
          <Figure
            label={t("finance.statement.opening")}
            value={count(opening.total)}
            note={parts(opening)}
            explain={{
              definition: t("finance.statement.definition.opening", { day: day(statement.from) }),
              computedAt,
            }}
          />
          <Figure
            label={t("finance.statement.added")}
            value={signed(added)}
            explain={{ definition: t("finance.statement.definition.added"), period: between, computedAt }}
          />
          <Figure
            label={t("finance.statement.taken")}
            value={signed(-taken)}
            explain={{ definition: t("finance.statement.definition.taken"), period: between, computedAt }}
          />
          <Figure
            label={t("finance.statement.closing")}
            value={count(closing.total)}
            note={parts(closing)}
            explain={{
              definition: t("finance.statement.definition.closing", { day: day(statement.to) }),
              computedAt,
            }}
          />
        </div>
      </Card>
      <div className={styles.pair}>
        <Card
          title={t("finance.statement.totals")}
          note={t("finance.statement.generated", { at: moment(computedAt) })}
        >
          <ul className={styles.rows}>
            {totals.map((one) => (
              <li key={one.kind}>
                <span>
                  {kindName(one.kind)}{" "}
                  <span className={styles.quiet}>
                    {t("finance.statement.times", {
                      count: one.entries,
                      value: count(one.entries),
                    })}
                  </span>
                </span>
                <span>{signed(one.added - one.taken)}</span>
              </li>
            ))}
          </ul>
          {totals.length === 0 && <span className={styles.quiet}>{t("finance.statement.empty")}</span>}
        </Card>
        <Card title={t("finance.statement.expiring")}>
          <ul className={styles.rows}>
            {expiring.map((one) => (
              <li key={one.on}>
                <span>{day(one.on)}</span>
                <span>{points(one.amount)}</span>
              </li>
            ))}
          </ul>
          {expiring.length === 0 && <span className={styles.quiet}>{t("finance.statement.noExpiring")}</span>}
        </Card>
      </div>
    </>
  );
}

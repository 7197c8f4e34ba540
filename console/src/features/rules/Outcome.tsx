import { useTranslation } from "react-i18next";
import type { TrialOutcome } from "../../api/rules";
import { useFormat } from "../../kit/useFormat";
import styles from "./rules.module.css";

/** What a trial gave: rule by rule, line by line, and why the others gave nothing. */
export function Outcome({ outcome }: { outcome: TrialOutcome }) {
  const { t } = useTranslation();
  const { name, count, money } = useFormat();
  const called = (one: { name: { zh: string; en: string } | null }) =>
    one.name ? name(one.name) : t("rules.trial.tried");
  return (
    <div aria-live="polite">
      <p className={styles.total}>
        {outcome.totals.length === 0
          ? t("rules.trial.nothing")
          : outcome.totals.map((one) => `${count(one.amount)} ${name(one.name)}`).join(" + ")}
      </p>
      <ul className={styles.grants}>
        {outcome.grants.map((grant) => (
          <li key={`${grant.rule} ${grant.currency}`}>
            <b>{called(grant)}</b>
            <div>{grant.text}</div>
            {grant.lines.length > 0 && (
              <table>
                <thead>
                  <tr>
                    <th>{t("rules.trial.line")}</th>
                    <th className={styles.number}>{t("rules.trial.gross")}</th>
                    <th className={styles.number}>{t("rules.trial.counts")}</th>
                  </tr>
                </thead>
                <tbody>
                  {grant.lines.map((line, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the same product may stand twice
                    <tr key={place}>
                      <td>
                        {line.product}
                        {line.why && <div className={styles.quiet}>{line.why}</div>}
                      </td>
                      <td className={styles.number}>{money(line.gross_minor, outcome.money)}</td>
                      <td className={styles.number}>{money(line.eligible_minor, outcome.money)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </li>
        ))}
      </ul>
      {outcome.effects.length > 0 && (
        <>
          <h3>{t("rules.trial.effects")}</h3>
          <ul>
            {outcome.effects.map((one) => (
              <li key={one.rule + one.text}>{one.text}</li>
            ))}
          </ul>
        </>
      )}
      {outcome.passed_over.length > 0 && (
        <>
          <h3>{t("rules.trial.passed")}</h3>
          <ul>
            {outcome.passed_over.map((one) => (
              <li key={one.rule + one.text}>
                {called(one)}: {one.text}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

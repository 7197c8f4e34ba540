import { useTranslation } from "react-i18next";
import type { Explanation, ExplanationLine, LocalName } from "../api/contract";
import { DataTable } from "./DataTable";
import { useFormat } from "./useFormat";
import styles from "./Why.module.css";

interface Props {
  explanation: Explanation | null;
  rule?: { name: LocalName; version: number } | null;
  operation?: string;
  at?: string;
  currency?: string;
}

/** Line by line, how a number of points came about. */
export function Why({ explanation, rule, operation, at, currency }: Props) {
  const { t } = useTranslation();
  const { money, quantity, name, moment, count } = useFormat();
  const lines = explanation?.lines ?? [];
  const result = explanation?.outcome;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long explanation scrolls, and must do so without a mouse too
    <div className={styles.why} tabIndex={0}>
      {explanation && <p className={styles.text}>{explanation.text}</p>}
      {lines.length > 0 && (
        <div className={styles.lines}>
          <DataTable<ExplanationLine & { at: number }>
            rows={lines.map((line, index) => ({ ...line, at: index }))}
            rowKey={(line) => line.at}
            empty={null}
            card={(line) => (
              <div className={styles.line}>
                <span className={styles.name}>
                  {line.name} × {quantity(line.quantity)}
                  {line.why && <small>{line.why}</small>}
                </span>
                <span className={styles.sums}>
                  {money(line.amount_minor, currency)}
                  <small>
                    {t("members.points.line.eligible")} {money(line.eligible_minor, currency)}
                  </small>
                </span>
              </div>
            )}
            columns={[
              {
                key: "name",
                title: t("members.points.line.name"),
                render: (line) => (
                  <span className={styles.name}>
                    {line.name}
                    {line.why && <small>{line.why}</small>}
                  </span>
                ),
              },
              {
                key: "quantity",
                title: t("members.points.line.quantity"),
                isNumber: true,
                render: (line) => quantity(line.quantity),
              },
              {
                key: "amount",
                title: t("members.points.line.amount"),
                isNumber: true,
                render: (line) => money(line.amount_minor, currency),
              },
              {
                key: "eligible",
                title: t("members.points.line.eligible"),
                isNumber: true,
                render: (line) => money(line.eligible_minor, currency),
              },
            ]}
          />
        </div>
      )}
      <dl className={styles.facts}>
        {explanation?.eligible_minor != null && (
          <Fact term={t("members.points.eligible")}>{money(explanation.eligible_minor, currency)}</Fact>
        )}
        {explanation?.rate != null && <Fact term={t("members.points.rate")}>{String(explanation.rate)}</Fact>}
        {result != null && (
          <Fact term={t("members.points.outcome")}>
            {typeof result === "number" ? count(result) : result}
          </Fact>
        )}
        {rule && (
          <Fact term={t("members.points.rule")}>
            {t("members.points.ruleVersion", { name: name(rule.name), version: rule.version })}
          </Fact>
        )}
        {at && <Fact term={t("members.points.column.time")}>{moment(at)}</Fact>}
      </dl>
      {operation && (
        <div className={styles.code}>
          {t("members.points.operation")} {operation}
        </div>
      )}
    </div>
  );
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

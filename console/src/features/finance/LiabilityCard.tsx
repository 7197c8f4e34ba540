import { useTranslation } from "react-i18next";
import type { Liability, LiabilityMonth } from "../../api/contract";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { Figure } from "../../kit/Figure";
import { useFormat } from "../../kit/useFormat";
import styles from "./finance.module.css";
import { LiabilityChart } from "./LiabilityChart";

interface Props {
  liability: Liability;
  money: string;
  asOf: string;
}

const parts = ["available", "pending", "held"] as const;

/** What members hold of one currency, what it would cost, and when it ends. */
export function LiabilityCard({ liability, money: moneyCode, asOf }: Props) {
  const { t } = useTranslation();
  const { count, money, month, name } = useFormat();
  const { outstanding, months } = liability;
  const monthName = (one: LiabilityMonth) => (one.month ? month(one.month) : t("finance.liability.noEnd"));
  const columns: Column<LiabilityMonth>[] = [
    { key: "month", title: t("finance.liability.column.month"), render: monthName },
    ...parts.map((part) => ({
      key: part,
      title: t(`finance.liability.${part}`),
      isNumber: true,
      render: (one: LiabilityMonth) => count(one[part].units),
    })),
    {
      key: "units",
      title: t("finance.liability.column.units"),
      isNumber: true,
      render: (one) => count(one.outstanding.units),
    },
    {
      key: "cost",
      title: t("finance.liability.column.cost"),
      isNumber: true,
      render: (one) => money(one.outstanding.cost_minor, moneyCode),
    },
  ];
  const figure = (key: "outstanding" | "cost" | "debt" | (typeof parts)[number], value: string) => (
    <Figure
      key={key}
      label={t(`finance.liability.${key}`)}
      value={value}
      explain={{ definition: t(`finance.liability.definition.${key}`), computedAt: asOf }}
    />
  );
  return (
    <Card title={name(liability.currency.name)}>
      <div className={styles.figures}>
        {figure("outstanding", count(outstanding.units))}
        {figure("cost", money(outstanding.cost_minor, moneyCode))}
        {parts.map((part) => figure(part, count(liability[part].units)))}
        {figure("debt", count(liability.debt))}
      </div>
      {outstanding.units > 0 && outstanding.cost_micro === 0 && (
        <p className={styles.quiet}>{t("finance.liability.noCost")}</p>
      )}
      {months.length === 0 ? (
        <p className={styles.quiet}>{t("finance.liability.nothing")}</p>
      ) : (
        <>
          <h3 className={styles.heading}>
            {t("finance.liability.byMonth")}{" "}
            {months.some((one) => one.month) && (
              <span className={styles.quiet}>{t("finance.liability.byMonthNote")}</span>
            )}
          </h3>
          <LiabilityChart months={months} today={asOf} />
          <div className={styles.bleed}>
            <DataTable
              rows={months}
              columns={columns}
              rowKey={(one) => one.month ?? "never"}
              empty={null}
              card={(one) => (
                <div className={styles.cardLine}>
                  <span>{monthName(one)}</span>
                  <span className={styles.amounts}>
                    {count(one.outstanding.units)}
                    <small>{money(one.outstanding.cost_minor, moneyCode)}</small>
                  </span>
                </div>
              )}
            />
          </div>
        </>
      )}
    </Card>
  );
}

import { useTranslation } from "react-i18next";
import type { CouponReport } from "../../../api/contract";
import { Card } from "../../../kit/Card";
import { Figure } from "../../../kit/Figure";
import { useFormat } from "../../../kit/useFormat";
import { groups, useTold } from "./figures";
import styles from "./reports.module.css";

/** The figures of a period; each explains itself. */
export function FigureCards({ report }: { report: CouponReport }) {
  const { t } = useTranslation();
  const { day } = useFormat();
  const told = useTold(report.currency);
  const { period, total, as_of } = report;
  return (
    <div className={styles.groups}>
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
        <Card key={group} title={t(`couponReports.group.${group}`)}>
          <div className={styles.figures}>
            {groups[group].map((name) => (
              <Figure
                key={name}
                label={t(`couponReports.figure.${name}`)}
                value={told(name, total[name])}
                explain={{
                  definition: t(`couponReports.definition.${name}`),
                  period: `${day(period.from)} – ${day(period.to)}`,
                  computedAt: as_of,
                }}
              />
            ))}
          </div>
        </Card>
      ))}
    </div>
  );
}

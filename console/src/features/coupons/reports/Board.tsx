import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import type { CouponReportQuery } from "../../../api/contract";
import { useCouponReport } from "../../../api/couponReports";
import { Card } from "../../../kit/Card";
import { ExportButton } from "../../../kit/ExportButton";
import { Loaded } from "../../../kit/Loaded";
import { DayChart } from "./DayChart";
import { FigureCards } from "./FigureCards";
import { Funnel } from "./Funnel";
import type { By } from "./figures";
import { PlaceChart } from "./PlaceChart";
import { PlaceTable } from "./PlaceTable";
import styles from "./reports.module.css";

interface Props {
  /** Days and what the report is narrowed to. */
  query: CouponReportQuery;
  ways: readonly By[];
  by: By;
  onBy: (by: By) => void;
}

/** Figures, days, funnel, and the same by what was chosen. */
export function Board({ query, ways, by, onBy }: Props) {
  const { t } = useTranslation();
  const days = useCouponReport({ ...query, by: "day" });
  const places = useCouponReport({ ...query, by });
  return (
    <div className={styles.page} data-refreshing={days.isPlaceholderData || places.isPlaceholderData}>
      <Loaded of={days} isPage rows={12} minHeight={480}>
        {(report) => (
          <>
            <FigureCards report={report} />
            <div className={styles.grid}>
              <Card title={t("couponReports.chart.days")} note={t("couponReports.chart.daysNote")}>
                <DayChart report={report} />
              </Card>
              <Card title={t("couponReports.chart.funnel")} note={t("couponReports.chart.funnelNote")}>
                <Funnel total={report.total} />
              </Card>
            </div>
          </>
        )}
      </Loaded>
      <div className={styles.tools}>
        <Segmented
          aria-label={t("couponReports.by.label")}
          value={by}
          onChange={(next) => onBy(next as By)}
          options={ways.map((value) => ({ value, label: t(`couponReports.by.${value}`) }))}
        />
        <ExportButton list="coupon_figures" filters={{ ...query, by }} />
      </div>
      <Loaded of={places} isPage rows={8} minHeight={240}>
        {(report) => (
          <>
            {report.by !== "day" && report.items.some((one) => one.figures.redeemed > 0) && (
              <Card title={t("couponReports.chart.places")}>
                <PlaceChart report={report} />
              </Card>
            )}
            <Card isFlush>
              <PlaceTable report={report} />
            </Card>
          </>
        )}
      </Loaded>
    </div>
  );
}

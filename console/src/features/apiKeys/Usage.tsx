import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useApiKeyUsage } from "../../api/apiKeys";
import { barLook, monthGrid, tooltipRows } from "../../kit/barChart";
import { Chart } from "../../kit/Chart";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import styles from "./apiKeys.module.css";

/** Requests by day of the last month. */
export function Usage({ keyId }: { keyId: number }) {
  const { t } = useTranslation();
  const { count, monthDay } = useFormat();
  const usage = useApiKeyUsage(keyId);
  const days = usage.data?.days;
  const option = useMemo(
    () => ({
      grid: { ...monthGrid, top: 12 },
      tooltip: { trigger: "axis", formatter: tooltipRows(count) },
      xAxis: { type: "category", data: days?.map((one) => monthDay(one.day)) },
      yAxis: { type: "value", minInterval: 1 },
      series: [
        { type: "bar", name: t("apiKeys.requests"), data: days?.map((one) => one.requests), ...barLook },
      ],
    }),
    [days, count, monthDay, t],
  );
  return (
    <section>
      <h3 className={styles.heading}>{t("apiKeys.usage")}</h3>
      <Loaded of={usage} rows={3}>
        {(data) =>
          data.days.length === 0 ? (
            <p className={styles.quiet}>{t("apiKeys.noUsage")}</p>
          ) : (
            <Chart option={option} description={t("apiKeys.usage")} height={160} />
          )
        }
      </Loaded>
    </section>
  );
}

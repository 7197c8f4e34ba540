import { useTranslation } from "react-i18next";
import { useHealth } from "../../api/monitor";
import { useMay } from "../../api/session";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { Fact, Facts } from "../../kit/Facts";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { DemoCard } from "./DemoCard";
import { HealthCards } from "./Health";
import styles from "./SystemPage.module.css";

export function SystemPage() {
  const { t } = useTranslation();
  const { name, dayWithWeekday } = useFormat();
  const system = useSystem();
  const may = useMay();
  const mayLook = may("system.read");
  const health = useHealth(mayLook);
  return (
    <Page title={t("settings.title")} purpose={t("settings.purpose")}>
      <div className={styles.stack}>
        {mayLook && (
          <Loaded of={health} isPage rows={8} minHeight={320}>
            {(data) => <HealthCards health={data} />}
          </Loaded>
        )}
        <Card className={styles.card} title={t("settings.about")}>
          <Loaded of={system} rows={7}>
            {(data) => (
              <Facts>
                <Fact term={t("settings.shop")}>{name(data.shop)}</Fact>
                <Fact term={t("settings.programme")}>{name(data.programme)}</Fact>
                <Fact term={t("settings.currency")}>{data.currency}</Fact>
                <Fact term={t("settings.timeZone")}>{data.time_zone}</Fact>
                <Fact term={t("settings.today")}>{dayWithWeekday(data.today)}</Fact>
                <Fact term={t("settings.clock")}>
                  {t(data.is_clock_set ? "settings.clockSet" : "settings.clockReal")}
                </Fact>
                <Fact term={t("settings.demo")}>{demo(data.is_demo, data.demo_source)}</Fact>
                <Fact term={t("settings.version")}>{data.version}</Fact>
              </Facts>
            )}
          </Loaded>
        </Card>
        {may("system.demo") && <DemoCard />}
      </div>
    </Page>
  );

  function demo(isDemo: boolean, source: string | null | undefined): string {
    if (!isDemo) return t("settings.demoNo");
    return source ? t("settings.demoYes", { source }) : t("settings.demoYesPlain");
  }
}

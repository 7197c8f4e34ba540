import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { Running } from "../../kit/Running";
import { useFormat } from "../../kit/useFormat";
import { BackupList } from "./BackupList";
import styles from "./backups.module.css";
import { LastDrill } from "./LastDrill";
import { Newest } from "./Newest";
import { useWork } from "./useWork";

export function BackupsPage() {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const mayRun = useMay()("backups.run");
  const { backups, ask, error, isAsking, work } = useWork();
  const isBusy = isAsking || work !== null || (backups.data?.is_running ?? false);
  return (
    <Page
      title={t("backups.title")}
      purpose={t("backups.purpose")}
      action={
        mayRun && (
          <div className={styles.buttons}>
            <Button disabled={isBusy || !backups.data?.items.length} onClick={() => ask("drill")}>
              {t("backups.drill")}
            </Button>
            <Button type="primary" disabled={isBusy} onClick={() => ask("backup")}>
              {t("backups.make")}
            </Button>
          </div>
        )
      }
    >
      <Refusal error={error} />
      <Loaded of={backups} isPage rows={12} minHeight={480}>
        {(data) => {
          const failed = data.last_backup?.outcome === "failed" ? data.last_backup : null;
          const usual = work === "drill" ? data.last_drill : data.last_backup;
          return (
            <div className={styles.stack}>
              {(work || data.is_running) && (
                <Card>
                  <Running
                    key={work ?? "other"}
                    text={(time) => t(`backups.running.${work ?? "other"}`, { time })}
                    hint={t("backups.running.hint")}
                    usualSeconds={usual?.outcome === "passed" ? usual.seconds : null}
                  />
                </Card>
              )}
              <Card title={t("backups.newest.title")}>
                <Newest backups={data} />
                {failed && (
                  <p className={styles.failed}>
                    {t("backups.failed", { at: moment(failed.at), detail: failed.detail ?? "" })}{" "}
                    <small>{failed.code}</small>
                  </p>
                )}
              </Card>
              <Card title={t("backups.lastDrill.title")}>
                <LastDrill backups={data} />
              </Card>
              <BackupList backups={data.items} />
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

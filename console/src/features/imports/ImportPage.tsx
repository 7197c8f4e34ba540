import { useParams } from "@tanstack/react-router";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { Import } from "../../api/contract";
import { isRunning, useImport } from "../../api/imports";
import { Card } from "../../kit/Card";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { ImportProgress } from "./ImportProgress";
import { ImportReport } from "./ImportReport";
import { ImportState } from "./ImportState";
import styles from "./imports.module.css";

export function ImportPage() {
  const { t } = useTranslation();
  const { bytes } = useFormat();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const job = useImport(id);
  return (
    <Page
      breadcrumb={<Go to="/settings/imports">{t("imports.title")}</Go>}
      title={job.data?.file_name ?? t("imports.title")}
      purpose={job.data && <Purpose job={job.data} size={bytes(job.data.file_bytes)} />}
    >
      <Loaded of={job} isPage rows={8}>
        {(data) => (
          <div className={styles.stack}>
            {isRunning(data) && <ImportProgress job={data} />}
            {data.state === "failed" && (
              <Alert
                type="error"
                showIcon
                title={data.error?.title || t("imports.failedTitle")}
                description={
                  <>
                    {data.error?.detail} {data.error && <small>{data.error.code}</small>}
                  </>
                }
              />
            )}
            {data.report && <ImportReport job={data} report={data.report} />}
            {data.state === "done" && !data.report && <Card>{t("imports.state.done")}</Card>}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Purpose({ job, size }: { job: Import; size: string }) {
  const { moment } = useFormat();
  return (
    <span className={styles.purpose}>
      <ImportState job={job} />
      <span>{size}</span>
      {job.started_at && <span>{moment(job.started_at)}</span>}
    </span>
  );
}

import { Button, Progress } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { save } from "../../api/files";
import { type RequestPage, requestCopy, useWorkOnRequest } from "../../api/requests";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./rights.module.css";

/** The copy of everything about the member: made, waited for, downloaded. */
export function CopyCard({ page: { request, copy_made: copy } }: { page: RequestPage }) {
  const { t } = useTranslation();
  const { count, bytes, moment } = useFormat();
  const mayCopy = useMay()("requests.copy");
  const work = useWorkOnRequest(request.id);
  const [error, setError] = useState<unknown>(null);
  const download = () =>
    save(requestCopy(request.id), `${request.member_number}.zip`).then(() => setError(null), setError);
  return (
    <Card title={t("rights.detail.copy")}>
      <Refusal error={work.error ?? error} />
      {copy?.state === "waiting" && (
        <>
          <Progress percent={100} status="active" showInfo={false} />
          <p className={styles.quiet}>{t("rights.detail.making")}</p>
        </>
      )}
      {copy?.state === "gone" && <p className={styles.quiet}>{t("rights.detail.gone")}</p>}
      {copy?.state === "ready" && copy.ends_at && (
        <p>
          {t("rights.detail.ready", {
            rows: count(copy.rows),
            size: bytes(copy.bytes),
            until: moment(copy.ends_at),
          })}
        </p>
      )}
      {mayCopy && (
        <div className={styles.buttons}>
          {request.state === "open" && copy?.state !== "waiting" && (
            <Button loading={work.isPending} onClick={() => work.mutate({ kind: "copy" })}>
              {t("rights.detail.makeCopy")}
            </Button>
          )}
          {copy?.state === "ready" && (
            <Button type="primary" onClick={() => void download()}>
              {t("rights.detail.download")}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}

import { InboxOutlined } from "@ant-design/icons";
import { Alert, Progress, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client";
import type { MemberImport } from "../../api/contract";
import { useMemberImportUpload } from "../../api/memberImports";
import { Card } from "../../kit/Card";
import { useFormat } from "../../kit/useFormat";
import styles from "./memberImports.module.css";

export function UploadCard({ onUploaded }: { onUploaded: (job: MemberImport) => void }) {
  const { t } = useTranslation();
  const { ratio } = useFormat();
  const upload = useMemberImportUpload();
  const [sent, setSent] = useState(0);
  return (
    <Card>
      <div className={styles.stack}>
        <Upload.Dragger
          accept=".csv,.tsv,.txt,.gz,.xlsx,.xls"
          multiple={false}
          showUploadList={false}
          disabled={upload.isPending}
          beforeUpload={(file) => {
            setSent(0);
            upload.mutate({ file, onSent: setSent }, { onSuccess: onUploaded });
            return false;
          }}
        >
          <div className={styles.drop}>
            <InboxOutlined className={styles.icon} />
            <b>{t("memberImports.drop")}</b>
            <span className={styles.quiet}>{t("memberImports.dropHint")}</span>
          </div>
        </Upload.Dragger>
        {upload.isPending && (
          <div aria-live="polite">
            <Progress percent={Math.round(sent * 100)} showInfo={false} />
            <span className={styles.quiet}>{t("memberImports.sending", { share: ratio(sent) })}</span>
          </div>
        )}
        {upload.error && (
          <Alert
            type="error"
            showIcon
            title={
              upload.error instanceof Refused && upload.error.problem.title
                ? upload.error.problem.title
                : t("memberImports.badFile")
            }
            description={upload.error instanceof Refused ? upload.error.problem.detail : undefined}
          />
        )}
      </div>
    </Card>
  );
}

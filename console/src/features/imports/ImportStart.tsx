import { FileTextOutlined, InboxOutlined } from "@ant-design/icons";
import { Alert, Button, Progress, Select, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client";
import type { Import } from "../../api/contract";
import { useImportMappings, useStartImport } from "../../api/imports";
import { Card } from "../../kit/Card";
import { useFormat } from "../../kit/useFormat";
import styles from "./imports.module.css";

export function ImportStart({ onStarted }: { onStarted: (job: Import) => void }) {
  const { t } = useTranslation();
  const { name, bytes, ratio } = useFormat();
  const mappings = useImportMappings();
  const start = useStartImport();
  const [file, setFile] = useState<File | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [sent, setSent] = useState(0);
  const mapping = mappings.data?.find(({ code }) => code === chosen) ?? mappings.data?.[0];

  const submit = () => {
    if (!file || !mapping) return;
    setSent(0);
    start.mutate({ file, mapping: mapping.code, onSent: setSent }, { onSuccess: onStarted });
  };

  return (
    <Card>
      <div className={styles.start}>
        <Upload.Dragger
          accept=".csv,.tsv,.txt,.gz,.xlsx,.xls"
          multiple={false}
          showUploadList={false}
          disabled={start.isPending}
          beforeUpload={(picked) => {
            start.reset();
            setFile(picked);
            return false;
          }}
        >
          <div className={styles.drop}>
            {file ? <FileTextOutlined className={styles.icon} /> : <InboxOutlined className={styles.icon} />}
            <b>
              {file ? t("imports.chosen", { name: file.name, size: bytes(file.size) }) : t("imports.drop")}
            </b>
            <span>{file ? t("imports.remove") : t("imports.dropHint")}</span>
          </div>
        </Upload.Dragger>
        <div className={styles.form}>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
          <label className={styles.label}>
            {t("imports.mapping")}
            <Select
              value={mapping?.code}
              loading={mappings.isPending}
              onChange={setChosen}
              options={mappings.data?.map((one) => ({ value: one.code, label: name(one.name) }))}
            />
          </label>
          <p className={styles.quiet}>{mapping ? name(mapping.description) : t("imports.mappingHelp")}</p>
          {mapping && (
            <>
              <p className={styles.quiet}>{t("imports.columns")}</p>
              <div className={styles.columns}>
                {mapping.columns.map((column) => (
                  <code key={column}>{column}</code>
                ))}
              </div>
            </>
          )}
          {start.error && (
            <Alert
              type="error"
              showIcon
              title={
                start.error instanceof Refused && start.error.problem.title
                  ? start.error.problem.title
                  : t("imports.badFile")
              }
              description={told(start.error)}
            />
          )}
          {start.isPending ? (
            <div aria-live="polite">
              <Progress
                percent={Math.round(sent * 100)}
                showInfo={false}
                aria-label={t("imports.sending", { share: ratio(sent) })}
              />
              <span className={styles.quiet}>{t("imports.sending", { share: ratio(sent) })}</span>
            </div>
          ) : (
            <Button type="primary" disabled={!file || !mapping} onClick={submit}>
              {file ? t("imports.start") : t("imports.dropFirst")}
            </Button>
          )}
        </div>
      </div>
    </Card>
  );

  function told(error: Error) {
    if (!(error instanceof Refused)) return t("kit.error.unreachableHint");
    const { problem } = error;
    return (
      <>
        {problem.detail || problem.title || t("kit.error.hint")} <small>{problem.code}</small>
      </>
    );
  }
}

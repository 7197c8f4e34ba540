import { InboxOutlined } from "@ant-design/icons";
import { Button, Input, Modal, Progress, Select, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type CodeColumn,
  type CodeSample,
  type CouponBatch,
  codeColumns,
  useCodeSample,
  useTryImport,
} from "../../../api/couponBatches";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import styles from "./batches.module.css";

type Columns = Partial<Record<CodeColumn, string>>;

interface Props {
  template: string;
  onTried: (batch: CouponBatch) => void;
  onClose: () => void;
}

/** A file of codes: chosen, its columns named, and checked. It is imported from the report of the check. */
export function ImportDialog({ template, onTried, onClose }: Props) {
  const { t } = useTranslation();
  const { ratio } = useFormat();
  const look = useCodeSample();
  const attempt = useTryImport(template);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [columns, setColumns] = useState<Columns>({});
  const [sent, setSent] = useState(0);
  const sample = look.data;
  const choose = (chosen: File) => {
    setFile(chosen);
    setName(chosen.name.replace(/\.[^.]+$/, "").slice(0, 100));
    look.mutate(chosen, { onSuccess: (found) => setColumns(found.guess as Columns) });
  };
  const check = () => {
    if (!file) return;
    setSent(0);
    attempt.mutate({ file, name: name.trim(), columns, onSent: setSent }, { onSuccess: onTried });
  };
  return (
    <Modal
      open
      width={720}
      title={t("couponBatches.importDialog.title")}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("accounts.dialog.cancel")}</Button>
          <Button
            type="primary"
            disabled={!sample || !columns.code || !name.trim()}
            loading={attempt.isPending}
            onClick={check}
          >
            {t("couponBatches.importDialog.check")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p className={styles.quiet}>{t("couponBatches.importDialog.lead")}</p>
        <Upload.Dragger
          accept=".csv,.tsv,.txt,.gz,.xlsx"
          multiple={false}
          showUploadList={false}
          disabled={look.isPending || attempt.isPending}
          beforeUpload={(chosen) => {
            choose(chosen);
            return false;
          }}
        >
          <div className={styles.drop}>
            <InboxOutlined className={styles.icon} />
            <b>{file?.name ?? t("couponBatches.importDialog.drop")}</b>
            <span className={styles.quiet}>{t("couponBatches.importDialog.dropHint")}</span>
          </div>
        </Upload.Dragger>
        {sample && (
          <>
            {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
            <label className={styles.tight}>
              {t("couponBatches.importDialog.name")}
              <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
            </label>
            <ColumnChoice sample={sample} columns={columns} onChange={setColumns} />
            <Beginning sample={sample} />
          </>
        )}
        {attempt.isPending && (
          <div aria-live="polite">
            <Progress percent={Math.round(sent * 100)} showInfo={false} />
            <span className={styles.quiet}>
              {t("couponBatches.importDialog.sending", { share: ratio(sent) })}
            </span>
          </div>
        )}
        <Refusal error={look.error ?? attempt.error} />
      </div>
    </Modal>
  );
}

interface ChoiceProps {
  sample: CodeSample;
  columns: Columns;
  onChange: (columns: Columns) => void;
}

function ColumnChoice({ sample, columns, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const options = [
    { value: "", label: t("couponBatches.importDialog.none") },
    ...[...new Set(sample.header)].filter(Boolean).map((column) => ({ value: column, label: column })),
  ];
  return (
    <div className={styles.tight}>
      <b>{t("couponBatches.importDialog.columns")}</b>
      <span className={styles.quiet}>{t("couponBatches.importDialog.columnsHelp")}</span>
      <div className={styles.grid}>
        {codeColumns.map((column) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label
          <label key={column} className={styles.tight}>
            {t(`couponBatches.importDialog.column.${column}`)}
            <Select
              value={columns[column] ?? ""}
              options={column === "code" ? options.slice(1) : options}
              status={column === "code" && !columns.code ? "error" : undefined}
              placeholder={t("couponBatches.importDialog.needsCode")}
              onChange={(heading) => onChange({ ...columns, [column]: heading || undefined })}
            />
            <span className={styles.quiet}>{t(`couponBatches.importDialog.columnHelp.${column}`)}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

function Beginning({ sample }: { sample: CodeSample }) {
  const { t } = useTranslation();
  return (
    <div className={styles.tight}>
      <b>{t("couponBatches.importDialog.preview")}</b>
      <div className={styles.preview}>
        <table>
          <thead>
            <tr>
              {sample.header.map((column, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: headings may be the same, and never move
                <th key={at}>{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows may be the same, and never move
              <tr key={row}>
                {cells.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells may be the same, and never move
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

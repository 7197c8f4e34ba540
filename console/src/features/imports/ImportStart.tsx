import { FileTextOutlined, InboxOutlined } from "@ant-design/icons";
import { Button, Progress, Select, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Import } from "../../api/contract";
import { type Fit, type Mapping, useImportMappings, useSample, useStartImport } from "../../api/imports";
import { Card } from "../../kit/Card";
import { Labelled } from "../../kit/Labelled";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { FileList } from "./FileList";
import { ForgetMapping } from "./ForgetMapping";
import styles from "./imports.module.css";
import { OwnMapping } from "./OwnMapping";
import { beginningOf } from "./sampling";

const OWN = "\u0000own";

/** Drop all files of an import at once; what each is, the server recognises by its headings. */
export function ImportStart({ onStarted }: { onStarted: (job: Import) => void }) {
  const { t } = useTranslation();
  const { name, ratio, count } = useFormat();
  const mappings = useImportMappings();
  const sample = useSample();
  const start = useStartImport();
  const [files, setFiles] = useState<File[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [sent, setSent] = useState(0);

  const fits = files.length > 0 ? (sample.data?.fits ?? []) : [];
  const best = fits.find((fit) => fit.is_complete)?.mapping ?? fits[0]?.mapping;
  const code = chosen ?? best ?? null;
  const mapping = mappings.data?.find((one) => one.code === code);
  const fit = fits.find((one) => one.mapping === code);

  const take = (next: File[]) => {
    start.reset();
    setChosen(null);
    setFiles(next);
    if (next.length > 0) sample.mutate(next.map(beginningOf));
  };
  const submit = () => {
    if (!mapping) return;
    setSent(0);
    start.mutate({ files, mapping: mapping.code, onSent: setSent }, { onSuccess: onStarted });
  };

  return (
    <>
      <Card>
        <div className={styles.start}>
          <Upload.Dragger
            accept=".csv,.tsv,.txt,.gz,.xlsx,.xls"
            multiple
            showUploadList={false}
            disabled={start.isPending}
            beforeUpload={(picked, all) => {
              // Called once for each file: the last call has them all.
              if (picked === all[all.length - 1]) take([...all]);
              return false;
            }}
          >
            <div className={styles.drop}>
              {files.length > 0 ? (
                <FileTextOutlined className={styles.icon} />
              ) : (
                <InboxOutlined className={styles.icon} />
              )}
              <b>
                {files.length > 0
                  ? t("imports.chosen", { value: count(files.length), count: files.length })
                  : t("imports.drop")}
              </b>
              <span>{files.length > 0 ? t("imports.remove") : t("imports.dropHint")}</span>
            </div>
          </Upload.Dragger>
          <div className={styles.form}>
            <Labelled label={t("imports.mapping")}>
              <Select
                value={code ?? undefined}
                placeholder={t("imports.mappingNone")}
                loading={mappings.isPending || sample.isPending}
                onChange={setChosen}
                options={[
                  ...(mappings.data ?? []).map((one) => ({
                    value: one.code,
                    label: fits.some((found) => found.mapping === one.code && found.is_complete)
                      ? t("imports.fits", { name: name(one.name) })
                      : name(one.name),
                  })),
                  ...(sample.data && files.length > 0
                    ? [{ value: OWN, label: t("imports.own.choose") }]
                    : []),
                ]}
              />
            </Labelled>
            {mapping && <ForgetMapping mapping={mapping} onForgotten={() => setChosen(null)} />}
            {files.length > 0 && (
              <FileList
                files={files}
                roles={fit?.roles}
                isLooking={sample.isPending}
                isOwn={code === OWN}
                onRemove={(gone) => take(files.filter((one) => one !== gone))}
              />
            )}
            {sample.error && files.length > 0 && <Refusal error={sample.error} />}
            <Needed mapping={mapping} fit={fit} isEmpty={files.length === 0} />
            {sample.data && files.length > 0 && !best && code !== OWN && (
              <p className={styles.quiet}>{t("imports.own.hint")}</p>
            )}
            {start.error && <Refusal error={start.error} />}
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
              <Button type="primary" disabled={!mapping || !fit?.is_complete} onClick={submit}>
                {files.length > 0 ? t("imports.start") : t("imports.dropFirst")}
              </Button>
            )}
          </div>
        </div>
      </Card>
      {code === OWN && sample.data && (
        <OwnMapping
          sample={sample.data}
          onSaved={(saved) => {
            setChosen(saved);
            sample.mutate(files.map(beginningOf));
          }}
        />
      )}
    </>
  );
}

/** What the chosen mapping reads; with files, only what they still lack. */
function Needed({ mapping, fit, isEmpty }: { mapping?: Mapping; fit?: Fit; isEmpty: boolean }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  if (!mapping) return null;
  const lacking = fit ? mapping.files.filter((file) => fit.lacks.includes(file.role)) : mapping.files;
  if (!isEmpty && fit?.is_complete) return <p className={styles.quiet}>{name(mapping.description)}</p>;
  return (
    <>
      <p className={styles.quiet}>{isEmpty ? name(mapping.description) : t("imports.lacking")}</p>
      {lacking.map((file) => (
        <div key={file.role} className={styles.columns}>
          <span className={styles.quiet}>
            {t(`imports.role.${file.role}`, { defaultValue: t("imports.role.joined", { name: file.role }) })}
          </span>
          {file.columns.map((column) => (
            <code key={column}>{column}</code>
          ))}
        </div>
      ))}
    </>
  );
}

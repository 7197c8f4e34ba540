import { DownloadOutlined } from "@ant-design/icons";
import { Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import type { Export } from "../api/contract";
import { fileUrl, isBeingMade, useExport } from "../api/exports";
import styles from "./ExportButton.module.css";
import { useFormat } from "./useFormat";

interface Props {
  asked: Export;
  expected?: number;
  onDone: () => void;
  onAgain: () => void;
}

/** How far an export is, then its file, or why there is none. */
export function ExportProgress({ asked, expected, onDone, onAgain }: Props) {
  const { t } = useTranslation();
  const { name, count, bytes } = useFormat();
  const one = useExport(asked).data;
  const list = name(one.label);
  if (isBeingMade(one)) {
    const rows = count(one.rows_done);
    const told =
      one.state === "waiting"
        ? t("exports.progress.waiting")
        : expected
          ? t("exports.progress.of", { value: rows, total: count(expected) })
          : t("exports.progress.rows", { value: rows });
    return (
      <div className={styles.progress} role="status">
        <b>{t("exports.progress.title", { list })}</b>
        <Progress
          size="small"
          status="active"
          percent={expected ? Math.min(99, Math.floor((one.rows_done / expected) * 100)) : 0}
          showInfo={expected !== undefined}
        />
        <span className="num">{told}</span>
        <span className={styles.quiet}>{t("exports.progress.free")}</span>
      </div>
    );
  }
  if (one.state === "done")
    return (
      <div className={styles.progress} role="status">
        <b>{t("exports.progress.done", { list, value: count(one.rows_done) })}</b>
        <Button type="primary" icon={<DownloadOutlined />} href={fileUrl(one.id)} download onClick={onDone}>
          {t("exports.download")} {one.file_bytes ? bytes(one.file_bytes) : ""}
        </Button>
      </div>
    );
  if (one.state === "approval")
    return (
      <div className={styles.progress} role="status">
        <b>{t("exports.state.approval")}</b>
        <span>{t("exports.progress.approval", { value: count(one.rows_done) })}</span>
      </div>
    );
  return (
    <div className={styles.progress} role="alert">
      <b>{t("exports.progress.failed", { list })}</b>
      <span>{one.problem?.detail}</span>
      <span>
        <Button onClick={onAgain}>{t("exports.progress.again")}</Button>
      </span>
    </div>
  );
}

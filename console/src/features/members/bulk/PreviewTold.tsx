import { Alert, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { BulkPreview } from "../../../api/bulk";
import { useFormat } from "../../../kit/useFormat";
import styles from "./bulk.module.css";

interface Props {
  preview: BulkPreview;
  typed: string;
  onType: (text: string) => void;
}

/** What would happen: to how many, who is left out and why, and what it comes to. */
export function PreviewTold({ preview, typed, onType }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const skipped = preview.members - preview.doing;
  const figures = [
    { label: t("bulk.told.doing"), value: t("bulk.told.unit", { value: count(preview.doing) }) },
    { label: t("bulk.told.skipped"), value: t("bulk.told.unit", { value: count(skipped) }) },
    ...preview.totals.map((total) => ({ label: total.label, value: count(total.value) })),
  ];
  return (
    <div>
      <div className={styles.figures}>
        {figures.map((figure) => (
          <div key={figure.label} className={styles.figure}>
            <span className={styles.quiet}>{figure.label}</span>
            <b>{figure.value}</b>
          </div>
        ))}
      </div>
      {preview.skips.length > 0 && (
        <ul className={styles.skips} aria-label={t("bulk.told.why")}>
          {preview.skips.map((skip) => (
            <li key={skip.why}>
              <span>{skip.label}</span>
              <span className="num">{t("bulk.told.unit", { value: count(skip.members) })}</span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.notes}>
        {preview.needs_approval && <Alert type="warning" showIcon title={t("bulk.told.approval")} />}
        {preview.doing === 0 ? (
          <Alert type="info" showIcon title={t("bulk.told.nobody")} />
        ) : (
          <Alert
            type={preview.may_undo ? "info" : "warning"}
            showIcon
            title={t(preview.may_undo ? "bulk.told.undo" : "bulk.told.noUndo")}
          />
        )}
        {preview.type_this && (
          <div>
            <label htmlFor="bulk-typed">{t("bulk.told.type", { value: preview.type_this })}</label>
            <Input
              id="bulk-typed"
              value={typed}
              onChange={(event) => onType(event.target.value)}
              inputMode="numeric"
            />
          </div>
        )}
      </div>
    </div>
  );
}

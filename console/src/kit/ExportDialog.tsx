import { Alert, Checkbox, Input, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Export, NewExport } from "../api/contract";
import { useAskExport, useExportLists } from "../api/exports";
import styles from "./ExportButton.module.css";
import { Labelled } from "./Labelled";
import { useFormat } from "./useFormat";

interface Props {
  list: string;
  filters: Record<string, unknown>;
  onAsked: (asked: Export, wish: NewExport) => void;
  onClose: () => void;
}

/** Columns, format, and what it is for. */
export function ExportDialog({ list, filters, onAsked, onClose }: Props) {
  const { t } = useTranslation();
  const { name, count } = useFormat();
  const lists = useExportLists(true);
  const ask = useAskExport();
  const [columns, setColumns] = useState<string[] | null>(null);
  const [format, setFormat] = useState<"csv" | "xlsx">("xlsx");
  const [isUnmasked, setUnmasked] = useState(false);
  const [reason, setReason] = useState("");
  const offered = lists.data?.items.find(({ key }) => key === list);
  const chosen = columns ?? offered?.columns.map(({ key }) => key) ?? [];

  const submit = () => {
    const wish = { list, filters, columns: chosen, format, unmasked: isUnmasked, reason: reason.trim() };
    ask.mutate(wish, {
      onSuccess: (asked) => {
        onClose();
        onAsked(asked, wish);
      },
    });
  };

  return (
    <Modal
      open
      title={t("exports.ask.title", { list: offered ? name(offered.label) : "" })}
      onCancel={onClose}
      onOk={submit}
      okText={t("exports.ask.go")}
      cancelText={t("exports.ask.cancel")}
      confirmLoading={ask.isPending}
      okButtonProps={{ disabled: !offered || chosen.length === 0 || reason.trim().length < 2 }}
    >
      <div className={styles.form}>
        <p className={styles.quiet}>
          {t("exports.ask.filters")}{" "}
          {lists.data && t("exports.ask.approval", { rows: count(lists.data.approval_above) })}
        </p>
        <Labelled label={t("exports.ask.columns")}>
          <Select
            mode="multiple"
            maxTagCount="responsive"
            loading={lists.isPending}
            value={chosen}
            onChange={setColumns}
            options={offered?.columns.map((column) => ({ value: column.key, label: name(column.label) }))}
          />
        </Labelled>
        <div className={styles.field}>
          {t("exports.ask.format")}
          <Segmented
            value={format}
            onChange={setFormat}
            options={[
              { value: "xlsx", label: t("exports.ask.xlsx") },
              { value: "csv", label: t("exports.ask.csv") },
            ]}
          />
        </div>
        {lists.data?.may_unmask && offered?.columns.some((column) => column.is_personal) && (
          <div className={styles.field}>
            <Checkbox checked={isUnmasked} onChange={(event) => setUnmasked(event.target.checked)}>
              {t("exports.ask.unmasked")}
            </Checkbox>
            {isUnmasked && <p className={styles.quiet}>{t("exports.ask.unmaskedHint")}</p>}
          </div>
        )}
        <Labelled label={t("exports.ask.reason")}>
          <Input
            value={reason}
            maxLength={200}
            placeholder={t("exports.ask.reasonHint")}
            onChange={(event) => setReason(event.target.value)}
          />
        </Labelled>
        {(ask.error || lists.error) && (
          <Alert type="error" showIcon title={(ask.error ?? lists.error)?.message} />
        )}
      </div>
    </Modal>
  );
}

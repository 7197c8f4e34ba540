import { ExportOutlined } from "@ant-design/icons";
import { Alert, App, Button, Checkbox, Input, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAskExport, useExportLists } from "../api/exports";
import { useMay } from "../api/session";
import styles from "./ExportButton.module.css";
import { useFormat } from "./useFormat";
import { useGo } from "./useGo";

interface Props {
  /** The server's name of the list. */
  list: string;
  /** What the list on the screen is narrowed to. */
  filters: Record<string, unknown>;
}

/** Takes what a list shows out as a file: columns, format, and what it is for. */
export function ExportButton({ list, filters }: Props) {
  const { t } = useTranslation();
  const mayExport = useMay()("exports.write");
  const [isOpen, setOpen] = useState(false);
  if (!mayExport) return null;
  return (
    <>
      <Button icon={<ExportOutlined />} onClick={() => setOpen(true)}>
        {t("exports.button")}
      </Button>
      {isOpen && <ExportDialog list={list} filters={filters} onClose={() => setOpen(false)} />}
    </>
  );
}

function ExportDialog({ list, filters, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const { name, count } = useFormat();
  const { message } = App.useApp();
  const go = useGo();
  const lists = useExportLists(true);
  const ask = useAskExport();
  const [columns, setColumns] = useState<string[] | null>(null);
  const [format, setFormat] = useState<"csv" | "xlsx">("xlsx");
  const [isUnmasked, setUnmasked] = useState(false);
  const [reason, setReason] = useState("");
  const offered = lists.data?.items.find(({ key }) => key === list);
  const chosen = columns ?? offered?.columns.map(({ key }) => key) ?? [];

  const submit = () =>
    ask.mutate(
      { list, filters, columns: chosen, format, unmasked: isUnmasked, reason: reason.trim() },
      {
        onSuccess: () => {
          onClose();
          void message.success(
            <>
              {t("exports.ask.asked")}{" "}
              <Button type="link" size="small" onClick={() => go("/settings/exports")}>
                {t("exports.ask.see")}
              </Button>
            </>,
            6,
          );
        },
      },
    );

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
        {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
        <label className={styles.field}>
          {t("exports.ask.columns")}
          <Select
            mode="multiple"
            maxTagCount="responsive"
            loading={lists.isPending}
            value={chosen}
            onChange={setColumns}
            options={offered?.columns.map((column) => ({ value: column.key, label: name(column.label) }))}
          />
        </label>
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
        {/* biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label */}
        <label className={styles.field}>
          {t("exports.ask.reason")}
          <Input
            value={reason}
            maxLength={200}
            placeholder={t("exports.ask.reasonHint")}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {(ask.error || lists.error) && (
          <Alert type="error" showIcon title={(ask.error ?? lists.error)?.message} />
        )}
      </div>
    </Modal>
  );
}

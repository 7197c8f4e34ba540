import { Button, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Sample, useSaveMapping } from "../../api/imports";
import { Card } from "../../kit/Card";
import { DataTable } from "../../kit/DataTable";
import { Labelled } from "../../kit/Labelled";
import { Refusal } from "../../kit/Refusal";
import styles from "./imports.module.css";
import {
  type Columns,
  type DateOrder,
  dateOrders,
  type Field,
  isWhole,
  mappingOf,
  needed,
  optional,
} from "./ownMapping";

interface Row {
  field: Field;
  isNeeded: boolean;
}

const rows: Row[] = [
  ...needed.map((field) => ({ field, isNeeded: true })),
  ...optional.map((field) => ({ field, isNeeded: false })),
];

/** Which column of one's own file is what, with its first values beside it; kept under a name for the next time. */
export function OwnMapping({ sample, onSaved }: { sample: Sample; onSaved: (code: string) => void }) {
  const { t } = useTranslation();
  const save = useSaveMapping();
  const [file] = sample.files;
  const [columns, setColumns] = useState<Columns>(sample.guess);
  const [order, setOrder] = useState<DateOrder>("ymd");
  const [prefix, setPrefix] = useState("");
  const [name, setName] = useState("");
  if (!file) return null;

  const submit = () => {
    const code = `own-${Date.now().toString(36)}`;
    save.mutate(
      { code, body: mappingOf(name.trim(), code, columns, order, prefix) },
      { onSuccess: () => onSaved(code) },
    );
  };
  const values = (row: Row) => {
    const place = file.header.indexOf(columns[row.field] ?? "");
    const shown = place < 0 ? [] : file.rows.map((cells) => cells[place] ?? "").filter(Boolean);
    return <span className={styles.quiet}>{[...new Set(shown)].slice(0, 3).join(" · ")}</span>;
  };
  const label = (row: Row) => (
    <span>
      {t(`imports.field.${row.field}`)}
      {row.isNeeded && <small className={styles.quiet}> {t("imports.own.needed")}</small>}
    </span>
  );
  const picker = (row: Row) => (
    <Select
      allowClear
      showSearch
      style={{ width: "100%", minWidth: 180 }}
      aria-label={t(`imports.field.${row.field}`)}
      placeholder={t("imports.own.none")}
      value={columns[row.field] || undefined}
      status={row.isNeeded && !columns[row.field] ? "warning" : undefined}
      onChange={(column?: string) => setColumns({ ...columns, [row.field]: column ?? "" })}
      options={file.header.filter(Boolean).map((column) => ({ value: column, label: column }))}
    />
  );
  return (
    <Card isFlush title={t("imports.own.title")} note={t("imports.own.note", { name: file.name })}>
      <DataTable
        rows={rows}
        rowKey={(row) => row.field}
        empty={null}
        columns={[
          { key: "field", title: t("imports.own.field"), render: label },
          { key: "column", title: t("imports.own.column"), render: picker, width: 280 },
          { key: "values", title: t("imports.own.values"), render: values },
        ]}
        card={(row) => (
          <div className={styles.card}>
            {label(row)}
            {picker(row)}
            {values(row)}
          </div>
        )}
      />
      <div className={styles.ownFoot}>
        <div className={styles.label}>
          <span>{t("imports.own.dates")}</span>
          <Segmented
            value={order}
            onChange={setOrder}
            aria-label={t("imports.own.dates")}
            options={dateOrders.map((value) => ({ value, label: t(`imports.own.order.${value}`) }))}
          />
        </div>
        <Labelled label={t("imports.own.prefix")}>
          <Input
            value={prefix}
            maxLength={20}
            placeholder={t("imports.own.prefixHelp")}
            onChange={(event) => setPrefix(event.target.value)}
          />
        </Labelled>
        <Labelled label={t("imports.own.name")}>
          <Input
            value={name}
            maxLength={60}
            placeholder={t("imports.own.nameHelp")}
            onChange={(event) => setName(event.target.value)}
          />
        </Labelled>
        <Button
          type="primary"
          disabled={!isWhole(columns) || !name.trim()}
          loading={save.isPending}
          onClick={submit}
        >
          {t("imports.own.save")}
        </Button>
      </div>
      {save.error && <Refusal error={save.error} />}
    </Card>
  );
}

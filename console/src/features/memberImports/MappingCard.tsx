import { Alert, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberImport, MemberImportLook } from "../../api/contract";
import { useMemberImportChange, useMemberImportFields } from "../../api/memberImports";
import { Card } from "../../kit/Card";
import { DataTable } from "../../kit/DataTable";
import { useFormat } from "../../kit/useFormat";
import styles from "./memberImports.module.css";

/** What each column is; a change is tried at once, so that samples and problems follow. */
export function MappingCard({
  job,
  look,
  mayChange,
}: {
  job: MemberImport;
  look: MemberImportLook;
  mayChange: boolean;
}) {
  const { t } = useTranslation();
  const { name, count } = useFormat();
  const fields = useMemberImportFields();
  const change = useMemberImportChange(job.id);
  const chosen = job.settings.fields ?? [];
  const options = [
    { value: "", label: t("memberImports.mapping.none") },
    ...(fields.data?.fields ?? []).map((one) => ({ value: one.code, label: name(one.label) })),
    ...(fields.data?.not_taken ?? []).map((one) => ({
      value: one.code,
      label: t("memberImports.mapping.notTaken", { label: name(one.label) }),
    })),
  ];
  const pick = (place: number, code: string) =>
    change.mutate({
      fields: chosen.map((field, at) => {
        if (at === place) return code || null;
        // A field belongs to one column: the new one takes it from the old one.
        return field === code ? null : field;
      }),
    });
  const rows = look.columns.map((column, place) => ({ ...column, place }));
  const picker = (row: (typeof rows)[number]) => (
    <Select
      style={{ width: "100%", minWidth: 180 }}
      aria-label={row.heading}
      disabled={!mayChange}
      loading={change.isPending}
      value={row.field ?? ""}
      onChange={(code) => pick(row.place, code)}
      options={options}
      popupMatchSelectWidth={false}
    />
  );
  const samples = (row: (typeof rows)[number]) => (
    <span className={styles.samples}>
      {row.samples.map((sample, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: samples may be the same, and never move
        <span key={at}>{sample}</span>
      ))}
    </span>
  );
  return (
    <Card isFlush title={t("memberImports.mapping.title")} note={t("memberImports.mapping.note")}>
      <DataTable
        rows={rows}
        rowKey={(row) => row.place}
        empty={null}
        columns={[
          {
            key: "heading",
            title: t("memberImports.mapping.heading"),
            render: (row) => <b>{row.heading}</b>,
          },
          { key: "samples", title: t("memberImports.mapping.samples"), render: samples },
          { key: "field", title: t("memberImports.mapping.field"), render: picker, width: 260 },
        ]}
        card={(row) => (
          <div className={styles.card}>
            <b>{row.heading}</b>
            {samples(row)}
            {picker(row)}
          </div>
        )}
      />
      {change.error && <Alert type="error" showIcon title={change.error.message} />}
      {look.problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("memberImports.mapping.problems", { rows: count(look.rows) })}
          description={
            <ul>
              {look.problems.map((problem) => (
                <li key={problem.code}>
                  {problem.text} <span className="num">× {count(problem.count)}</span>
                </li>
              ))}
            </ul>
          }
        />
      )}
    </Card>
  );
}

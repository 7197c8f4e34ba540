import { FormOutlined } from "@ant-design/icons";
import { Button, Checkbox, Progress } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CustomField, CustomFields } from "../../api/contract";
import { useCustomFields } from "../../api/customFields";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./customFields.module.css";
import { FieldForm } from "./FieldForm";
import { Actions, Filterable, Moves } from "./FieldParts";

export function FieldsPage() {
  const { t } = useTranslation();
  const fields = useCustomFields();
  const [open, setOpen] = useState<CustomField | "new" | null>(null);
  return (
    <Page
      title={t("customFields.title")}
      purpose={t("customFields.purpose")}
      action={
        <Button type="primary" onClick={() => setOpen("new")}>
          {t("customFields.add")}
        </Button>
      }
    >
      <Card isFlush>
        <Loaded of={fields} rows={8} minHeight={320}>
          {(data) => <Fields fields={data} onEdit={setOpen} />}
        </Loaded>
      </Card>
      {open && <FieldForm field={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

interface Props {
  fields: CustomFields;
  onEdit: (field: CustomField) => void;
}

function Fields({ fields, onEdit }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const [{ archived }, patch] = useUrlState({ archived: "" });
  const shown = fields.items.filter((one) => archived || !one.is_archived);
  const inUse = fields.items.filter((one) => !one.is_archived).map(({ key }) => key);
  const marks = (one: CustomField) =>
    [
      one.is_required && t("customFields.required"),
      one.is_personal && t("customFields.personal"),
      one.is_archived && t("customFields.archived"),
    ]
      .filter(Boolean)
      .join(" · ");
  const label = (one: CustomField) => (
    <>
      {name(one.label)} <span className={styles.quiet}>{one.key}</span>
    </>
  );
  const columns: Column<CustomField>[] = [
    {
      key: "order",
      title: t("customFields.column.order"),
      width: 90,
      render: (one) => !one.is_archived && <Moves field={one} keys={inUse} />,
    },
    { key: "field", title: t("customFields.column.field"), render: label },
    {
      key: "kind",
      title: t("customFields.column.kind"),
      render: (one) => t(`customFields.kind.${one.kind}`),
    },
    {
      key: "group",
      title: t("customFields.column.group"),
      render: (one) => name(one.group) || t("kit.none"),
    },
    { key: "options", title: t("customFields.column.options"), render: (one) => marks(one) || t("kit.none") },
    { key: "filter", title: t("customFields.column.filter"), render: (one) => <Filterable field={one} /> },
    { key: "do", title: "", render: (one) => <Actions field={one} onEdit={() => onEdit(one)} /> },
  ];
  return (
    <>
      <div className={styles.tools}>
        <Meter text={t("customFields.used", fields)} used={fields.used} limit={fields.limit} />
        <Meter
          text={t("customFields.filterableUsed", {
            used: fields.filterable_used,
            limit: fields.filterable_limit,
          })}
          used={fields.filterable_used}
          limit={fields.filterable_limit}
        />
        <Checkbox
          checked={archived !== ""}
          onChange={({ target }) => patch({ archived: target.checked ? "1" : "" })}
        >
          {t("customFields.showArchived")}
        </Checkbox>
      </div>
      <DataTable
        rows={shown}
        columns={columns}
        rowKey={(one) => one.key}
        card={(one) => (
          <div>
            <div className={styles.line}>
              <b>{name(one.label)}</b>
              <span className={styles.quiet}>{t(`customFields.kind.${one.kind}`)}</span>
            </div>
            <div className={styles.quiet}>{marks(one)}</div>
            <div className={styles.line}>
              <Filterable field={one} />
              <Actions field={one} onEdit={() => onEdit(one)} />
            </div>
          </div>
        )}
        empty={
          <EmptyState
            icon={<FormOutlined />}
            title={t("customFields.empty.title")}
            hint={t("customFields.empty.hint")}
          />
        }
      />
    </>
  );
}

function Meter({ text, used, limit }: { text: string; used: number; limit: number }) {
  return (
    <span className={styles.meter}>
      <Progress
        percent={Math.round((100 * used) / limit)}
        showInfo={false}
        size={{ width: 80, height: 6 }}
        aria-label={text}
      />
      <span className="num">{text}</span>
    </span>
  );
}

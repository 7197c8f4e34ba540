import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { App, Button, Popconfirm, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { CustomField } from "../../api/contract";
import { type FieldWish, useChangeFields } from "../../api/customFields";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import styles from "./customFields.module.css";
import { moved } from "./order";

function useAsk() {
  const { message } = App.useApp();
  const change = useChangeFields();
  const ask = (wish: FieldWish) =>
    change.mutate(wish, { onError: (error) => void message.error(error.message) });
  return { ask, isBusy: change.isPending };
}

export function Moves({ field, keys }: { field: CustomField; keys: string[] }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { ask, isBusy } = useAsk();
  const place = keys.indexOf(field.key);
  const move = (by: number) => ask({ what: "order", keys: moved(keys, place, place + by) });
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={`${t("customFields.up")} ${name(field.label)}`}
        disabled={place === 0 || isBusy}
        onClick={() => move(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={`${t("customFields.down")} ${name(field.label)}`}
        disabled={place === keys.length - 1 || isBusy}
        onClick={() => move(1)}
      />
    </>
  );
}

export function Filterable({ field }: { field: CustomField }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { ask, isBusy } = useAsk();
  const state = field.index_state;
  if (field.is_archived) return t("kit.none");
  if (field.is_personal || field.kind === "long_text")
    return <span className={styles.quiet}>{t("customFields.index.never")}</span>;
  if (state === "failed")
    return (
      <div>
        <Swatch tone="bad">{t("customFields.index.failed")}</Swatch>
        <Button
          type="link"
          size="small"
          loading={isBusy}
          onClick={() => ask({ what: "filterable", key: field.key, isOn: true })}
        >
          {t("customFields.index.retry")}
        </Button>
        <div className={styles.bad}>
          {t(
            field.index_problem === "owner_needed"
              ? "customFields.index.problem.owner_needed"
              : "customFields.index.problem.database",
          )}
        </div>
      </div>
    );
  return (
    <span className={styles.meter}>
      <Switch
        size="small"
        checked={state === "ready" || state === "building"}
        loading={state === "building" || state === "dropping" || isBusy}
        aria-label={t("customFields.index.toggle", { name: name(field.label) })}
        onChange={(isOn) => ask({ what: "filterable", key: field.key, isOn })}
      />
      <span className="num">{t(`customFields.index.${state}`, { value: field.index_progress })}</span>
    </span>
  );
}

export function Actions({ field, onEdit }: { field: CustomField; onEdit: () => void }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { ask, isBusy } = useAsk();
  if (field.is_archived)
    return (
      <Button
        type="link"
        size="small"
        loading={isBusy}
        onClick={() => ask({ what: "restore", key: field.key })}
      >
        {t("customFields.restore")}
      </Button>
    );
  return (
    <span>
      <Button type="link" size="small" onClick={onEdit}>
        {t("customFields.edit")}
      </Button>
      <Popconfirm
        title={t("customFields.archiveAsk", { name: name(field.label) })}
        description={t("customFields.archiveHint")}
        okText={t("customFields.archive")}
        cancelText={t("customFields.form.cancel")}
        onConfirm={() => ask({ what: "archive", key: field.key })}
      >
        <Button type="link" size="small" danger>
          {t("customFields.archive")}
        </Button>
      </Popconfirm>
    </span>
  );
}

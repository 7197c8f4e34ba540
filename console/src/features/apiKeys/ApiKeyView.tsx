import { Button, InputNumber, Modal, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiKey, type MadeApiKey, useRotateApiKey, useSwitchApiKey } from "../../api/apiKeys";
import { useMay } from "../../api/session";
import { useStores } from "../../api/stores";
import { Fact, Facts } from "../../kit/Facts";
import { Go } from "../../kit/Go";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { ApiKeyChange } from "./ApiKeyForm";
import { State } from "./ApiKeysPage";
import styles from "./apiKeys.module.css";
import { Usage } from "./Usage";

export function ApiKeyView({ row, onMade }: { row: ApiKey; onMade: (made: MadeApiKey) => void }) {
  const { t } = useTranslation();
  const mayWrite = useMay()("api_keys.write");
  const [isChanging, setChanging] = useState(false);
  const [isRotating, setRotating] = useState(false);
  const turn = useSwitchApiKey(row.id);
  if (isChanging) return <ApiKeyChange row={row} onDone={() => setChanging(false)} />;
  return (
    <div className={styles.stack}>
      <Refusal error={turn.error} />
      {mayWrite && (
        <div className={styles.buttons}>
          <Button onClick={() => setChanging(true)}>{t("apiKeys.change")}</Button>
          <Button onClick={() => setRotating(true)}>{t("apiKeys.rotate.open")}</Button>
          {row.disabled_at ? (
            <Button loading={turn.isPending} onClick={() => turn.mutate(true)}>
              {t("apiKeys.enable")}
            </Button>
          ) : (
            <Popconfirm
              title={t("apiKeys.disable.ask")}
              okText={t("apiKeys.disable.do")}
              cancelText={t("kit.back")}
              onConfirm={() => turn.mutate(false)}
            >
              <Button danger loading={turn.isPending}>
                {t("apiKeys.disable.do")}
              </Button>
            </Popconfirm>
          )}
        </div>
      )}
      <Told row={row} />
      <Usage keyId={row.id} />
      <Go to={`/settings/audit?actor=api_key:${row.id}`}>{t("apiKeys.trail")}</Go>
      <Rotation row={row} isOpen={isRotating} onClose={() => setRotating(false)} onMade={onMade} />
    </div>
  );
}

function Told({ row }: { row: ApiKey }) {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  const { data: stores } = useStores();
  const names = row.store_ids?.map((id) => stores?.find((store) => store.id === id)?.name ?? String(id));
  return (
    <Facts>
      <Fact term={t("apiKeys.column.state")}>
        <State row={row} />
      </Fact>
      <Fact term={t("apiKeys.column.prefix")}>
        <code className={styles.prefix}>{row.prefix}…</code>
      </Fact>
      <Fact term={t("apiKeys.form.scopes")}>
        {row.scopes.map((scope) => (
          <code key={scope} className={styles.scope}>
            {scope}
          </code>
        ))}
      </Fact>
      <Fact term={t("apiKeys.column.stores")}>{names?.join(", ") ?? t("apiKeys.allStores")}</Fact>
      <Fact term={t("apiKeys.form.addresses")}>{row.addresses.join(", ") || t("apiKeys.anyAddress")}</Fact>
      <Fact term={t("apiKeys.form.sign")}>{t(row.must_sign ? "apiKeys.yes" : "apiKeys.no")}</Fact>
      <Fact term={t("apiKeys.form.limit")}>
        {row.requests_per_minute ? count(row.requests_per_minute) : t("apiKeys.usualLimit")}
      </Fact>
      <Fact term={t("apiKeys.column.used")}>
        {row.last_used_at
          ? t("apiKeys.usedFrom", { at: moment(row.last_used_at), address: row.last_address })
          : t("apiKeys.neverUsed")}
      </Fact>
      <Fact term={t("apiKeys.column.expires")}>
        {row.expires_at ? moment(row.expires_at) : t("apiKeys.noExpiry")}
      </Fact>
      {row.older_secret_ends_at && (
        <Fact term={t("apiKeys.rotate.older")}>{moment(row.older_secret_ends_at)}</Fact>
      )}
      <Fact term={t("apiKeys.column.by")}>
        {t("apiKeys.madeBy", { name: row.created_by.name, at: moment(row.created_at) })}
      </Fact>
    </Facts>
  );
}

interface RotationProps {
  row: ApiKey;
  isOpen: boolean;
  onClose: () => void;
  onMade: (made: MadeApiKey) => void;
}

function Rotation({ row, isOpen, onClose, onMade }: RotationProps) {
  const { t } = useTranslation();
  const [hours, setHours] = useState<number | null>(24);
  const rotate = useRotateApiKey(row.id);
  return (
    <Modal
      open={isOpen}
      title={t("apiKeys.rotate.title", { name: row.name })}
      okText={t("apiKeys.rotate.do")}
      cancelText={t("kit.back")}
      confirmLoading={rotate.isPending}
      okButtonProps={{ disabled: hours === null }}
      onCancel={onClose}
      onOk={() =>
        hours !== null &&
        rotate.mutate(hours, {
          onSuccess: (made) => {
            onClose();
            onMade(made);
          },
        })
      }
    >
      <div className={styles.stack}>
        <Refusal error={rotate.error} />
        <p className={styles.quiet}>{t("apiKeys.rotate.hint")}</p>
        <div className={styles.field}>
          {t("apiKeys.rotate.grace")}
          <InputNumber
            min={0}
            max={720}
            precision={0}
            value={hours}
            aria-label={t("apiKeys.rotate.grace")}
            onChange={setHours}
          />
        </div>
      </div>
    </Modal>
  );
}

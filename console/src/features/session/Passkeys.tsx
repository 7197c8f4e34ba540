import { Alert, Button, Input, Popconfirm, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddPasskey, useRemovePasskey } from "../../api/account";
import { Refused } from "../../api/client";
import type { Passkey } from "../../api/contract";
import { canUsePasskeys } from "../../api/passkey";
import { Card } from "../../kit/Card";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./account.module.css";
import { RecoveryCodes } from "./RecoveryCodes";

export function Passkeys({ keys }: { keys: Passkey[] }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const add = useAddPasskey();
  const remove = useRemovePasskey();
  const [name, setName] = useState("");
  const [codes, setCodes] = useState<string[]>([]);
  const submit = () =>
    add.mutate(name.trim(), {
      onSuccess: (done) => {
        setName("");
        setCodes(done.recovery_codes);
      },
    });
  return (
    <Card title={t("session.passkeys.title")} note={t("session.passkeys.purpose")}>
      {add.error && !(add.error instanceof Refused) ? (
        <Alert type="error" showIcon title={t("session.passkeyStopped")} className={styles.alert} />
      ) : (
        <Refusal error={add.error ?? remove.error} />
      )}
      <ul className={styles.lines}>
        {keys.map((key) => (
          <li key={key.id}>
            <span>
              {key.name}
              <div className={styles.quiet}>
                {key.used_at
                  ? t("session.passkeys.used", { at: moment(key.used_at) })
                  : t("session.passkeys.unused", { at: moment(key.created_at) })}
              </div>
            </span>
            <Popconfirm
              title={t("session.passkeys.sure", { name: key.name })}
              okText={t("session.passkeys.remove")}
              onConfirm={() => remove.mutate(key.id)}
            >
              <Button danger>{t("session.passkeys.remove")}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      {canUsePasskeys() ? (
        <Space.Compact style={{ width: "100%", maxWidth: 420, marginTop: 8 }}>
          <Input
            value={name}
            maxLength={60}
            placeholder={t("session.passkeys.name")}
            aria-label={t("session.passkeys.name")}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="primary" disabled={!name.trim()} loading={add.isPending} onClick={submit}>
            {t("session.passkeys.add")}
          </Button>
        </Space.Compact>
      ) : (
        <p className={styles.hint}>{t("session.passkeys.cannot")}</p>
      )}
      <RecoveryCodes codes={codes} onClose={() => setCodes([])} />
    </Card>
  );
}

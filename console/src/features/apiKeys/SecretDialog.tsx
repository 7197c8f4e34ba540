import { Alert, Button, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { MadeApiKey } from "../../api/apiKeys";
import styles from "./apiKeys.module.css";

const header = "Authorization: Bearer";

/** The only moment at which the whole key can be seen. */
export function SecretDialog({ made, onClose }: { made: MadeApiKey | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={made !== null}
      title={t("apiKeys.secret.title", { name: made?.name ?? "" })}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("apiKeys.secret.done")}
        </Button>
      }
    >
      <div className={styles.stack}>
        <Alert type="warning" showIcon title={t("apiKeys.secret.once")} />
        <Typography.Text
          code
          className={styles.secret}
          copyable={{
            text: made?.secret ?? "",
            tooltips: [t("apiKeys.secret.copy"), t("apiKeys.secret.copied")],
          }}
        >
          {made?.secret}
        </Typography.Text>
        <p className={styles.quiet}>
          {t(made?.must_sign ? "apiKeys.secret.signed" : "apiKeys.secret.use", { header })}
        </p>
      </div>
    </Modal>
  );
}

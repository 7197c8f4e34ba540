import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./account.module.css";

/** Shown once; whoever closes this without writing them down makes new ones. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={codes.length > 0}
      title={t("session.recovery.title")}
      okText={t("session.recovery.kept")}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ style: { display: "none" } }}
      mask={{ closable: false }}
    >
      <p>{t("session.recovery.hint")}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </Modal>
  );
}

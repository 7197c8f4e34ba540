import { Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

/** A temporary password is in one answer of the server and nowhere else. */
export function PasswordOnce({ password, onClose }: { password: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={password !== null}
      title={t("staff.password.title")}
      okText={t("staff.password.noted")}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ style: { display: "none" } }}
      mask={{ closable: false }}
    >
      <p>{t("staff.password.hint")}</p>
      <Typography.Text code copyable style={{ fontSize: 18 }}>
        {password ?? ""}
      </Typography.Text>
    </Modal>
  );
}

import { CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { usePublicKey } from "../../api/verification";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { useCopy } from "./useCopy";
import styles from "./verification.module.css";

export function PublicKey() {
  const { t } = useTranslation();
  const copy = useCopy();
  const key = usePublicKey();
  return (
    <Card
      title={t("verification.key.title")}
      note={t("verification.key.note")}
      extra={
        key.data && (
          <Button
            icon={<CopyOutlined />}
            onClick={() => void copy(key.data.pem, t("verification.key.copied"))}
          >
            {t("verification.key.copy")}
          </Button>
        )
      }
    >
      <Loaded of={key} rows={3} minHeight={80}>
        {(data) => (
          <>
            <pre className={styles.pem}>{data.pem.trim()}</pre>
            <div className={styles.quiet}>
              {t("verification.key.id")} {data.key_id} · {data.algorithm}
            </div>
          </>
        )}
      </Loaded>
    </Card>
  );
}

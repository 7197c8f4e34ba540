import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./GeneratedTag.module.css";

/** Nobody should take a made-up person for a real one. */
export function GeneratedTag() {
  const { t } = useTranslation();
  return (
    <Tooltip title={t("kit.generatedNote")}>
      <span className={styles.tag}>{t("kit.generated")}</span>
    </Tooltip>
  );
}

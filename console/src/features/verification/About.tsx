import { useTranslation } from "react-i18next";
import styles from "./verification.module.css";

/** For those who do not build such things: what a passed verification is worth, and what it is not. */
export function About() {
  const { t } = useTranslation();
  return (
    <div className={styles.about}>
      <h3>{t("verification.about.proves")}</h3>
      <ul>
        <li>{t("verification.about.proof1")}</li>
        <li>{t("verification.about.proof2")}</li>
        <li>{t("verification.about.proof3")}</li>
      </ul>
      <h3>{t("verification.about.not")}</h3>
      <ul>
        <li>{t("verification.about.not1")}</li>
        <li>{t("verification.about.not2")}</li>
      </ul>
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { Go } from "../../../kit/Go";
import { sectionData } from "../overview";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";

export function MemberValue({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const rfm = sectionData(overview, "value")?.rfm;
  if (!rfm) return <div className={styles.quiet}>{t("members.value.none")}</div>;
  return (
    <div>
      <Go to={`/insight/rfm/${rfm.segment}`} className={styles.segment}>
        {t(`rfm.segment.${rfm.segment}`)}
      </Go>
      <div className={styles.quiet}>{t(`rfm.what.${rfm.segment}`)}</div>
      <div className={styles.scores}>
        {(["r", "f", "m"] as const).map((key) => (
          <div key={key} className={styles.score}>
            <span className={styles.quiet}>{t(`members.value.${key}`)}</span>
            <span className={styles.steps} role="img" aria-label={`${rfm[key]} / 5`}>
              {[1, 2, 3, 4, 5].map((step) => (
                <i key={step} data-on={step <= rfm[key]} />
              ))}
            </span>
          </div>
        ))}
      </div>
      <div className={styles.next}>{t(`rfm.next.${rfm.segment}`)}</div>
    </div>
  );
}

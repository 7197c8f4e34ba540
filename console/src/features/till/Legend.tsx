import { useTranslation } from "react-i18next";
import styles from "./till.module.css";

export interface LegendKey {
  key: string;
  label: string;
  onPress: () => void;
  isOff?: boolean;
}

/** The keys, and the same as buttons for fingers. */
export function Legend({ keys }: { keys: LegendKey[] }) {
  const { t } = useTranslation();
  return (
    <nav className={styles.legend} aria-label={t("till.keys.title")}>
      {keys.map((one) => (
        <button key={one.key} type="button" disabled={one.isOff} onClick={one.onPress}>
          <kbd>{one.key}</kbd> {one.label}
        </button>
      ))}
    </nav>
  );
}

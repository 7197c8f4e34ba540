import { useTranslation } from "react-i18next";
import { useGo } from "../../kit/useGo";
import styles from "./coupons.module.css";
import { kinds } from "./kinds";

/** Every kind of coupon to begin with. */
export function Starts() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <div className={styles.starts}>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className={styles.start}
          onClick={() => go(`/loyalty/coupons/new?kind=${kind}`)}
        >
          <b>{t(`coupons.kind.${kind}`)}</b>
          <span>{t(`coupons.kindHelp.${kind}`)}</span>
        </button>
      ))}
    </div>
  );
}

import { CompassOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./tour.module.css";
import { useFirstRun } from "./useFirstRun";

/** Asks whoever comes for the first time; stands in the page and covers nothing. */
export function Invitation({ onStart }: { onStart: () => void }) {
  const { t } = useTranslation();
  const { isKnown, isTourSeen, seeTour } = useFirstRun();
  if (!isKnown || isTourSeen) return null;
  return (
    <aside className={styles.invitation} aria-label={t("tour.start")}>
      <CompassOutlined />
      <span>{t("tour.invite")}</span>
      <Button size="small" onClick={onStart}>
        {t("tour.start")}
      </Button>
      <Button size="small" type="text" onClick={seeTour}>
        {t("tour.later")}
      </Button>
    </aside>
  );
}

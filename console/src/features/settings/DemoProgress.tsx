import { Progress } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Demo } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";
import styles from "./Demo.module.css";

interface Props {
  demo: Demo;
  /** Nobody answers just now. */
  isAway: boolean;
  onFailed: () => void;
}

/** How far the other shop is; when the program is back with it, the page is loaded anew. */
export function DemoProgress({ demo, isAway, onFailed }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const wanted = useRef(demo.wanted);
  if (demo.wanted) wanted.current = demo.wanted;
  const isOver = demo.state === "none" && !isAway;
  useEffect(() => {
    // Everything on the page belongs to the shop before, also what was kept for other pages.
    if (isOver) window.location.assign("/");
    else if (demo.state === "failed") onFailed();
  }, [isOver, demo.state, onFailed]);
  const percent = demo.total ? Math.round((demo.done / demo.total) * 100) : 0;
  const isRestarting = isAway || demo.state === "ready" || isOver;
  return (
    <div className={styles.stack} role="status">
      <b>
        {isRestarting
          ? t("settings.demonstration.restarting")
          : t("settings.demonstration.preparing", {
              to: wanted.current ? t(`settings.demonstration.option.${wanted.current}`) : "",
            })}
      </b>
      <Progress
        percent={isRestarting ? 100 : percent}
        status="active"
        aria-label={t("settings.demonstration.title")}
      />
      {!isRestarting && demo.total !== null && (
        <span className={styles.quiet}>
          {t("settings.demonstration.lines", { done: count(demo.done), total: count(demo.total) })}
        </span>
      )}
      <span className={styles.quiet}>{t("settings.demonstration.preparingHint")}</span>
    </div>
  );
}

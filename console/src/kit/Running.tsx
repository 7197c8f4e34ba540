import { Progress } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Running.module.css";
import { useFormat } from "./useFormat";

interface Props {
  text: (time: string) => string;
  hint: string;
  /** How long it took the last time, for a bar that means something. */
  usualSeconds: number | null;
}

/** Work on the server that takes its time: how long it has been, and about how far that may be. */
export function Running({ text, hint, usualSeconds }: Props) {
  const { t } = useTranslation();
  const { wait } = useFormat();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - began) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  const told = text(wait(seconds));
  // Nobody knows the end beforehand: the bar waits just before it.
  const percent = usualSeconds ? Math.min(95, Math.round((seconds / usualSeconds) * 100)) : undefined;
  return (
    <div className={styles.running} role="status">
      <b>{told}</b>
      {percent !== undefined && (
        <Progress percent={percent} showInfo={false} size={{ height: 6 }} aria-label={t("kit.loading")} />
      )}
      <span className={styles.quiet}>{hint}</span>
    </div>
  );
}

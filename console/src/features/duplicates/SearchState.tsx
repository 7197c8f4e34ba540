import { Progress } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { DuplicateSearch } from "../../api/duplicates";
import { Card } from "../../kit/Card";
import { useFormat } from "../../kit/useFormat";
import styles from "./duplicates.module.css";

interface Props {
  search: DuplicateSearch | null | undefined;
  onDone: () => void;
}

/** How far the search is, or what the last one came to. */
export function SearchState({ search, onDone }: Props) {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  const isRunning = search?.state === "running";
  const wasRunning = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of a search counts
  useEffect(() => {
    if (wasRunning.current && !isRunning) onDone();
    wasRunning.current = isRunning;
  }, [isRunning]);
  if (search === undefined) return null;
  if (search === null) return <p className={styles.line}>{t("duplicates.search.never")}</p>;
  if (isRunning) {
    return (
      <Card className={styles.running}>
        <div role="status">
          <b>{t(`duplicates.search.${search.step === "reading" ? "reading" : "comparing"}`)}</b>
          <Progress percent={search.percent} size={{ height: 6 }} aria-label={t("kit.loading")} />
          <span className={styles.quiet}>
            {t("duplicates.search.runningHint", { members: count(search.members) })}
          </span>
        </div>
      </Card>
    );
  }
  return (
    <p className={styles.line}>
      {t(search.state === "done" ? "duplicates.search.done" : "duplicates.search.broken", {
        at: moment(search.started_at),
        members: count(search.members),
        pairs: count(search.pairs_compared),
      })}
      {search.pairs_merged > 0 && ` ${t("duplicates.search.merged", { value: count(search.pairs_merged) })}`}
      {search.blocks_skipped > 0 &&
        ` ${t("duplicates.search.skipped", { value: count(search.blocks_skipped) })}`}
    </p>
  );
}

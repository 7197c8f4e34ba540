import { App } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { lastRun, useBackups, useStartWork, type Work } from "../../api/backups";

interface Wish {
  work: Work;
  /** The run that was the last one when the work was asked for. */
  before: string | undefined;
}

/** Backups and drills that were asked for here, until their outcome has come. */
export function useWork() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [awaited, setAwaited] = useState<Wish | null>(null);
  const backups = useBackups(awaited !== null);
  const start = useStartWork();
  const { data } = backups;

  useEffect(() => {
    if (!awaited || !data) return;
    const run = lastRun(data, awaited.work);
    if (!run || run.at === awaited.before) return;
    setAwaited(null);
    // How a failure ended stands on the page; only a success needs telling.
    if (run.outcome === "passed") void message.success(t(`backups.done.${awaited.work}`));
  }, [data, awaited, message, t]);

  const ask = (work: Work) => {
    const before = data && (lastRun(data, work)?.at ?? undefined);
    start.mutate(work, { onSuccess: () => setAwaited({ work, before }) });
  };
  return { backups, ask, error: start.error, isAsking: start.isPending, work: awaited?.work ?? null };
}

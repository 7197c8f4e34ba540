import { App } from "antd";
import { useTranslation } from "react-i18next";
import { type JobAct, useJobAct } from "../../api/monitor";

/** Retrying at once, discarding after a question. */
export function useActs() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const send = useJobAct();
  const go = (act: JobAct, ids?: number[]) =>
    send.mutate(
      { act, ids },
      {
        onSuccess: ({ done }) =>
          void message.success(
            t(act === "retry" ? "operations.retried" : "operations.discarded", { count: done }),
          ),
      },
    );
  const act = (what: JobAct, ids?: number[], count = 1) => {
    if (what === "retry") return go(what, ids);
    modal.confirm({
      title: ids ? t("operations.discardTitle") : t("operations.discardAllTitle", { count }),
      content: t("operations.discardText"),
      okText: t("operations.discard"),
      okButtonProps: { danger: true },
      cancelText: t("operations.keep"),
      onOk: () => go(what, ids),
    });
  };
  return { act, isActing: send.isPending, error: send.error };
}

import { App } from "antd";
import { useCallback, useRef } from "react";
import type { Export, NewExport } from "../api/contract";
import { useAskExport } from "../api/exports";
import { ExportProgress } from "./ExportProgress";

type Follow = (asked: Export, wish: NewExport, expected?: number) => void;

/** Follows an export in a corner of the screen, on whatever page one is meanwhile. */
export function useExportProgress(): Follow {
  const { notification, message } = App.useApp();
  const { mutate } = useAskExport();
  const again = useRef<Follow>(() => undefined);
  const follow = useCallback<Follow>(
    (asked, wish, expected) => {
      const key = `export-${asked.id}`;
      const close = () => notification.destroy(key);
      notification.open({
        key,
        duration: 0,
        placement: "bottomRight",
        title: null,
        description: (
          <ExportProgress
            asked={asked}
            expected={expected}
            onDone={close}
            onAgain={() => {
              close();
              mutate(wish, {
                onSuccess: (next) => again.current(next, wish, expected),
                onError: (error) => void message.error(error.message),
              });
            }}
          />
        ),
      });
    },
    [notification, message, mutate],
  );
  again.current = follow;
  return follow;
}

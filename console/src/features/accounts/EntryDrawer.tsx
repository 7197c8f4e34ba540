import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../api/contract";
import { useMay } from "../../api/session";
import { useFormat } from "../../kit/useFormat";
import { Why } from "../../kit/Why";
import styles from "./accounts.module.css";
import { useEntryKind } from "./entryKind";
import { whyNotReversible } from "./reversal";

interface Props {
  entry: Entry | null;
  onClose: () => void;
  onReverse: (entry: Entry) => void;
}

/** Why an entry is what it is, and the way to reverse it or the reason why not. */
export function EntryDrawer({ entry, onClose, onReverse }: Props) {
  const { t } = useTranslation();
  const { signed } = useFormat();
  const kindName = useEntryKind();
  // "Why 0" says nothing of a hold, which moves value without changing the balance.
  const titleOf = ({ kind, amount }: Entry) =>
    amount === 0 ? kindName(kind) : t("members.points.whyTitle", { amount: signed(amount) });
  const mayReverse = useMay()("points.operate");
  const obstacle = entry && whyNotReversible(entry);
  return (
    <Drawer
      open={entry !== null}
      onClose={onClose}
      size={560}
      title={entry && titleOf(entry)}
      footer={
        entry &&
        mayReverse && (
          <div className={styles.reverse}>
            <span id="reverse-note" className={styles.quiet}>
              {t(obstacle ?? "accounts.reverse.explain")}
            </span>
            <Button
              danger
              disabled={obstacle !== null}
              aria-describedby="reverse-note"
              onClick={() => onReverse(entry)}
            >
              {t("accounts.action.reverse")}
            </Button>
          </div>
        )
      }
    >
      {entry && (
        <Why
          explanation={entry.explanation}
          rule={entry.rule}
          operation={entry.operation.key}
          at={entry.occurred_at}
        />
      )}
    </Drawer>
  );
}

import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { type Merge, useMerges } from "../../../api/merges";
import { useMay } from "../../../api/session";
import { nameOf } from "../../../kit/nameOf";
import { useFormat } from "../../../kit/useFormat";
import styles from "./merging.module.css";
import { UndoDialog } from "./UndoDialog";

interface Props {
  member: Member;
  /** What the address named: an old number of somebody who was merged leads here. */
  asked: string;
}

/** Says who else this member is by now; otherwise people look for a number that is not there any more. */
export function MergedBanner({ member, asked }: Props) {
  const { t } = useTranslation();
  const { day, dayOf } = useFormat();
  const mayUndo = useMay()("members.merge");
  const [undoing, setUndoing] = useState<Merge | null>(null);
  const merges = useMerges({ member: String(member.id), limit: 50 });
  const standing = merges.data?.items.filter((one) => one.undone_at === null) ?? [];
  if (standing.length === 0) return null;
  return (
    <>
      <Alert
        type="info"
        showIcon
        className={styles.banner}
        title={t(asked === String(member.id) ? "merges.banner.title" : "merges.banner.led", {
          value: standing.length,
        })}
        description={
          <ul className={styles.merged}>
            {standing.map((one) => (
              <li key={one.id}>
                {t("merges.banner.line", {
                  name: nameOf(one.absorbed),
                  number: one.absorbed.number,
                  day: day(dayOf(one.merged_at)),
                })}
                {mayUndo && one.can_be_undone && (
                  <Button type="link" size="small" onClick={() => setUndoing(one)}>
                    {t("merges.undo.open")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        }
      />
      {undoing && <UndoDialog merge={undoing} onClose={() => setUndoing(null)} />}
    </>
  );
}

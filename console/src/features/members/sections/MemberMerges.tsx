import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Merge, useMerges } from "../../../api/merges";
import { useMay } from "../../../api/session";
import { Loaded } from "../../../kit/Loaded";
import { nameOf } from "../../../kit/nameOf";
import { Swatch } from "../../../kit/Swatch";
import { useFormat } from "../../../kit/useFormat";
import { UndoDialog } from "../merging/UndoDialog";
import styles from "./sections.module.css";

/** Who was merged into this member, and how that is undone. */
export function MemberMerges({ member }: { member: number }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const mayUndo = useMay()("members.merge");
  const merges = useMerges({ member: String(member), limit: 50 });
  const [undoing, setUndoing] = useState<Merge | null>(null);
  const by = (one: Merge) =>
    one.policy === "hand" ? (one.by.name ?? t("merges.someone")) : t(`merges.policy.${one.policy}`);
  return (
    <section className={styles.part}>
      <h3>{t("members.merges.title")}</h3>
      <Loaded of={merges} rows={2} minHeight={60}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t("members.merges.none")}</p>
          ) : (
            <ul className={styles.pairs}>
              {items.map((one) => (
                <li key={one.id}>
                  <span>
                    {nameOf(one.absorbed)} {one.absorbed.number} → {nameOf(one.survivor)}{" "}
                    {one.survivor.number}
                    <div className={styles.quiet}>
                      {moment(one.merged_at)} · {by(one)} · {one.reason}
                    </div>
                    {one.undone_at && (
                      <div className={styles.quiet}>
                        <Swatch tone="plain">{t("merges.state.undone")}</Swatch> {moment(one.undone_at)}
                      </div>
                    )}
                  </span>
                  {mayUndo && one.can_be_undone && (
                    <Button size="small" onClick={() => setUndoing(one)}>
                      {t("merges.undo.open")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {undoing && <UndoDialog merge={undoing} onClose={() => setUndoing(null)} />}
    </section>
  );
}

import { PlusOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type FollowUp, type FollowUpState, useFollowUpsOf } from "../../api/notes";
import { useMay } from "../../api/session";
import { Loaded } from "../../kit/Loaded";
import { useUrlState } from "../../kit/useUrlState";
import type { MemberSectionProps } from "../members/sections";
import { FollowUpDialog } from "./FollowUpDialog";
import { FollowUpItem } from "./FollowUpItem";
import { NoteList } from "./NoteList";
import styles from "./notes.module.css";

const states: readonly FollowUpState[] = ["open", "done", "cancelled"];
const defaults = { follow: "open" };

/** What is to be done for a member, and what people of the shop wrote down. */
export function MemberNotes({ overview }: MemberSectionProps) {
  const { member } = overview;
  return (
    <div className={styles.columns}>
      <FollowUps member={member.id} isErased={member.status === "erased"} />
      <NoteList member={member.id} isErased={member.status === "erased"} />
    </div>
  );
}

function FollowUps({ member, isErased }: { member: number; isErased: boolean }) {
  const { t } = useTranslation();
  const mayWrite = useMay()("notes.write") && !isErased;
  const [url, patch] = useUrlState(defaults);
  const state = states.find((one) => one === url.follow) ?? "open";
  const followUps = useFollowUpsOf(member, state);
  const [open, setOpen] = useState<FollowUp | "new" | null>(null);
  return (
    <section>
      <div className={styles.head}>
        <h3>{t("notes.followUps")}</h3>
        {mayWrite && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
            {t("notes.arrange")}
          </Button>
        )}
      </div>
      <Segmented
        size="small"
        aria-label={t("notes.stateLabel")}
        value={state}
        onChange={(next) => patch({ follow: next }, { isReplacing: true })}
        options={states.map((value) => ({ value, label: t(`notes.state.${value}`) }))}
      />
      <Loaded of={followUps} rows={3} minHeight={100}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t(state === "open" ? "notes.noneOpen" : "notes.noneEnded")}</p>
          ) : (
            <ul className={styles.list}>
              {items.map((one) => (
                <FollowUpItem key={one.id} one={one} onChange={() => setOpen(one)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {open && (
        <FollowUpDialog
          member={member}
          known={open === "new" ? undefined : open}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

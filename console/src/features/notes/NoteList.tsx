import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../api/attempt";
import { useAddNote, useNotes } from "../../api/notes";
import { useMay } from "../../api/session";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import { NoteItem } from "./NoteItem";
import styles from "./notes.module.css";

/** Notes about a member: the pinned ones first; a new one is written where they are read. */
export function NoteList({ member, isErased }: { member: number; isErased: boolean }) {
  const { t } = useTranslation();
  const mayWrite = useMay()("notes.write") && !isErased;
  const notes = useNotes(member);
  return (
    <section>
      <div className={styles.head}>
        <h3>{t("notes.notes")}</h3>
      </div>
      {mayWrite && <Composer member={member} />}
      <Loaded of={notes} rows={4} minHeight={120}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <p className={styles.quiet}>{t("notes.none")}</p>
          ) : (
            <ul className={styles.list}>
              {items.map((note) => (
                <NoteItem key={note.id} member={member} note={note} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {notes.hasNextPage && (
        <Button loading={notes.isFetchingNextPage} onClick={() => void notes.fetchNextPage()}>
          {t("kit.more")}
        </Button>
      )}
    </section>
  );
}

function Composer({ member }: { member: number }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [key, setKey] = useState(newKey);
  const add = useAddNote(member);
  const write = () => {
    if (!text.trim()) return;
    add.mutate(
      { key, text: text.trim(), isPinned: false },
      {
        onSuccess: () => {
          setText("");
          setKey(newKey());
        },
      },
    );
  };
  return (
    <div className={styles.composer}>
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={2000}
        value={text}
        aria-label={t("notes.write")}
        placeholder={t("notes.writeHint")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) write();
        }}
      />
      <Refusal error={add.error} />
      <div className={styles.composerFoot}>
        <span className={styles.quiet}>{t("notes.sealed")}</span>
        <Button type="primary" disabled={!text.trim()} loading={add.isPending} onClick={write}>
          {t("notes.save")}
        </Button>
      </div>
    </div>
  );
}

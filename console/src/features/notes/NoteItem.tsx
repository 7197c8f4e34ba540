import { DeleteOutlined, EditOutlined, PushpinFilled, PushpinOutlined } from "@ant-design/icons";
import { App, Button, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type MemberNote, type NoteWish, useWorkOnNote } from "../../api/notes";
import { useMay } from "../../api/session";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./notes.module.css";

export function NoteItem({ member, note }: { member: number; note: MemberNote }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const { message } = App.useApp();
  const mayWrite = useMay()("notes.write");
  const work = useWorkOnNote(member);
  const [isEditing, setEditing] = useState(false);
  const ask = (wish: NoteWish) =>
    work.mutate(wish, { onError: (error) => void message.error(error.message) });
  if (isEditing) return <Editing member={member} note={note} onClose={() => setEditing(false)} />;
  const edited =
    note.edited_at &&
    t("notes.edited", { name: note.edited_by_name ?? t("notes.someone"), at: moment(note.edited_at) });
  return (
    <li className={styles.item} data-pinned={note.is_pinned}>
      <div className={styles.words}>
        <div className={styles.text}>{note.text}</div>
        <div className={styles.meta}>
          <span>
            {note.author_name ?? t("notes.someone")} · {moment(note.written_at)}
          </span>
          {edited && <span>{edited}</span>}
        </div>
      </div>
      <div className={styles.tools}>
        {mayWrite && (
          <Button
            size="small"
            type="text"
            icon={note.is_pinned ? <PushpinFilled /> : <PushpinOutlined />}
            aria-label={t(note.is_pinned ? "notes.unpin" : "notes.pin")}
            title={t(note.is_pinned ? "notes.unpin" : "notes.pin")}
            aria-pressed={note.is_pinned}
            onClick={() => ask({ do: "pin", note, isPinned: !note.is_pinned })}
          />
        )}
        {note.may_change && (
          <>
            <Button
              size="small"
              type="text"
              icon={<EditOutlined />}
              aria-label={t("notes.change")}
              title={t("notes.change")}
              onClick={() => setEditing(true)}
            />
            <Popconfirm
              title={t("notes.deleteAsk")}
              okText={t("notes.delete")}
              cancelText={t("notes.keep")}
              onConfirm={() => ask({ do: "delete", note })}
            >
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("notes.delete")}
                title={t("notes.delete")}
              />
            </Popconfirm>
          </>
        )}
      </div>
    </li>
  );
}

function Editing({ member, note, onClose }: { member: number; note: MemberNote; onClose: () => void }) {
  const { t } = useTranslation();
  const work = useWorkOnNote(member);
  const [text, setText] = useState(note.text);
  // What somebody else changes meanwhile is refused by the version that was seen when the editing began.
  const [seen] = useState(note);
  const save = () => work.mutate({ do: "change", note: seen, text: text.trim() }, { onSuccess: onClose });
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 2, maxRows: 10 }}
          maxLength={2000}
          value={text}
          aria-label={t("notes.change")}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") onClose();
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && text.trim()) save();
          }}
        />
        <Refusal error={work.error} />
        <div className={styles.composerFoot}>
          <Button onClick={onClose}>{t("notes.keep")}</Button>
          <Button type="primary" disabled={!text.trim()} loading={work.isPending} onClick={save}>
            {t("notes.save")}
          </Button>
        </div>
      </div>
    </li>
  );
}

import { EditOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../../api/client";
import styles from "./details.module.css";

interface Props {
  label: string;
  /** How it reads. */
  shown: string | null;
  /** What is put into the field to be changed; null where it is not known in clear. */
  value: string | null;
  options?: { value: string; label: string }[];
  hint?: string;
  mayEdit: boolean;
  /** Answers whether the field may open now; where it answers no, something else is asked first. */
  onOpen?: (open: () => void) => boolean;
  check?: (text: string) => string | null;
  onSave: (text: string | null) => Promise<unknown>;
}

/** One field that is changed where it stands: pencil or Enter, Enter saves, Esc leaves it as it was. */
export function InlineField(props: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  const ask = () => {
    if (props.onOpen?.(open) ?? true) open();
  };
  return (
    <div className={styles.field}>
      <dt>{props.label}</dt>
      {isOpen ? (
        <dd>
          <Editor {...props} onClose={() => setOpen(false)} />
        </dd>
      ) : (
        <dd className={styles.shown}>
          <span>{props.shown ?? t("kit.none")}</span>
          {props.mayEdit && (
            <Button
              className={styles.pencil}
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={t("members.details.edit", { what: props.label })}
              title={t("members.details.edit", { what: props.label })}
              onClick={ask}
            />
          )}
        </dd>
      )}
    </div>
  );
}

function Editor({
  label,
  value,
  shown,
  options,
  hint,
  check,
  onSave,
  onClose,
}: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value ?? "");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (next: string) => {
    const wanted = next.trim();
    // What is not known in clear is left as it is when nothing was typed.
    if (wanted === (value ?? "").trim()) return onClose();
    const wrong = wanted ? (check?.(wanted) ?? null) : null;
    if (wrong) return setProblem(wrong);
    setBusy(true);
    try {
      await onSave(wanted || null);
      onClose();
    } catch (error) {
      const told = error instanceof Refused ? error.problem.detail || error.problem.title : null;
      setProblem(told || t("kit.error.notDone"));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <div className={styles.editor}>
      {options ? (
        <Select
          autoFocus
          defaultOpen
          aria-label={label}
          value={text || undefined}
          loading={isBusy}
          disabled={isBusy}
          options={options}
          onKeyDown={onKeyDown}
          onChange={(next: string) => void save(next)}
        />
      ) : (
        <Input
          autoFocus
          aria-label={label}
          value={text}
          disabled={isBusy}
          maxLength={300}
          autoComplete="off"
          placeholder={value === null ? (shown ?? "") : hint}
          status={problem ? "error" : undefined}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => void save(text)}
          onKeyDown={onKeyDown}
        />
      )}
      <div className={styles.tools}>
        {!options && (
          <Button size="small" type="primary" loading={isBusy} onClick={() => void save(text)}>
            {t("members.details.save")}
          </Button>
        )}
        <Button size="small" onClick={onClose}>
          {t("members.details.leave")}
        </Button>
      </div>
      {problem ? (
        <div role="alert" className={styles.problem}>
          {problem}
        </div>
      ) : (
        hint && <div className={styles.hint}>{hint}</div>
      )}
    </div>
  );
}

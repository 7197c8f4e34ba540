import { LoadingOutlined, SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef, Modal } from "antd";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MenuArea } from "../../app/menu";
import { EmptyState } from "../../kit/EmptyState";
import { useGo } from "../../kit/useGo";
import { useLate } from "../../kit/useLate";
import type { Choice } from "./choice";
import styles from "./palette.module.css";
import { type OwnAction, useChoices } from "./useChoices";
import { useRecent } from "./useRecent";

interface Props {
  menu: MenuArea[];
  own: OwnAction[];
  onClose: () => void;
}

/** Finds everything and does the usual things, by the keys alone. */
export function Palette({ menu, own, onClose }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const input = useRef<InputRef>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  // Enter before the answer is there opens the first of what comes: scanners and quick fingers do not wait.
  const [isEager, setEager] = useState(false);
  const [, remember] = useRecent();
  const { choices, isSearching, hasFailed } = useChoices(text, menu, own);

  const open = (one: Choice | undefined) => {
    if (!one) return;
    onClose();
    if (one.to) {
      if (one.remembered) remember({ group: one.group, title: one.remembered, to: one.to });
      go(one.to);
    }
    one.run?.();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text starts at the top
  useEffect(() => {
    setActive(0);
    setEager(false);
  }, [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen row follows the keys into view
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer has come
  useEffect(() => {
    if (!isEager || isSearching) return;
    setEager(false);
    open(choices[0]);
  }, [isEager, isSearching]);

  const chosen = Math.min(active, Math.max(choices.length - 1, 0));
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && choices.length > 0) {
      event.preventDefault();
      setActive((chosen + step + choices.length) % choices.length);
    }
    if (event.key === "Enter") {
      if (isSearching && chosen === 0) setEager(true);
      else open(choices[chosen]);
    }
  };

  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      width={640}
      rootClassName={styles.palette}
      style={{ top: 72 }}
      styles={{ container: { padding: 0 } }}
      title={null}
      aria-label={t("search.open")}
      afterOpenChange={(isOpen) => isOpen && input.current?.focus()}
    >
      <Input
        ref={input}
        size="large"
        variant="borderless"
        prefix={<SearchOutlined />}
        suffix={<Busy isBusy={isSearching} />}
        placeholder={t("search.hint")}
        aria-label={t("search.open")}
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant={choices[chosen] ? `found-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
        className={styles.input}
      />
      <div
        ref={list}
        id="found"
        role="listbox"
        aria-label={t("search.open")}
        aria-busy={isSearching}
        className={styles.list}
      >
        {choices.map((one, index) => (
          <div key={one.key} role="presentation">
            {one.group !== choices[index - 1]?.group && (
              <div className={styles.group} role="presentation">
                {t(`search.${one.group}`)}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field, which keeps the focus */}
            <div
              id={`found-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={styles.row}
              onMouseMove={() => setActive(index)}
              onClick={() => open(one)}
            >
              {one.content}
            </div>
          </div>
        ))}
      </div>
      {text.trim() && !isSearching && choices.length === 0 && (
        <EmptyState
          title={hasFailed ? t("search.failed") : t("search.nothing", { q: text.trim() })}
          hint={hasFailed ? undefined : t("search.nothingHint")}
        />
      )}
      {hasFailed && choices.length > 0 && <div className={styles.hint}>{t("search.failed")}</div>}
      <div className={styles.hint}>
        {t("search.keys")}
        <span role="status" className={styles.told}>
          {text.trim() && !isSearching ? t("search.found", { count: choices.length }) : ""}
        </span>
      </div>
    </Modal>
  );
}

function Busy({ isBusy }: { isBusy: boolean }) {
  return isBusy ? <Spinner /> : <span />;
}

function Spinner() {
  return useLate(300) ? <LoadingOutlined /> : <span />;
}

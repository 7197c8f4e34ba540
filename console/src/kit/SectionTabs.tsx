import { Select } from "antd";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import styles from "./SectionTabs.module.css";
import { useNarrow } from "./useNarrow";

export interface SectionTab {
  key: string;
  title: string;
  /** How much there is behind it; small beside the title. */
  count?: string | null;
  content: ReactNode;
}

interface Props {
  label: string;
  tabs: SectionTab[];
  chosen: string | undefined;
  onChoose: (key: string) => void;
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** Many tabs of one page: all of them in sight, in two rows where need be, and one field to choose from on a phone. */
export function SectionTabs({ label, tabs, chosen, onChoose }: Props) {
  const id = useId();
  const isNarrow = useNarrow();
  const open = tabs.find(({ key }) => key === chosen) ?? tabs[0];
  if (!open) return null;
  if (isNarrow) {
    return (
      <>
        <Select
          className={styles.choice}
          value={open.key}
          onChange={onChoose}
          aria-label={label}
          options={tabs.map(({ key, title, count }) => ({
            value: key,
            label: [title, count].filter(Boolean).join(" "),
          }))}
        />
        {open.content}
      </>
    );
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const by = steps[event.key];
    const next = by && tabs[(tabs.indexOf(open) + by + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} className={styles.tabs}>
        {tabs.map(({ key, title, count }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            aria-selected={key === open.key}
            aria-controls={`${id}-panel`}
            tabIndex={key === open.key ? 0 : -1}
            onClick={() => onChoose(key)}
            onKeyDown={press}
          >
            {title}
            {count && (
              <span className={styles.count} aria-hidden="true">
                {count}
              </span>
            )}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open.key}`} key={open.key}>
        {open.content}
      </div>
    </>
  );
}

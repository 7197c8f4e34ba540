import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Store } from "../../api/contract";
import { Mark } from "../../app/Mark";
import { EmptyState } from "../../kit/EmptyState";
import styles from "./till.module.css";

const many = 8;

interface Props {
  choices: Store[];
  onChoose: (code: string) => void;
}

/** Asked once; the till remembers where it stands. */
export function StoreChoice({ choices, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const shown = choices.filter((one) => `${one.name} ${one.code}`.toLowerCase().includes(wanted));
  const first = shown[0];
  return (
    <main className={styles.choice}>
      <Mark />
      <h1>{t("till.store.title")}</h1>
      <p className={styles.quiet}>{t("till.store.hint")}</p>
      {choices.length > many && (
        <Input
          size="large"
          autoFocus
          value={text}
          aria-label={t("till.store.search")}
          placeholder={t("till.store.search")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => first && onChoose(first.code)}
        />
      )}
      <div className={styles.choices}>
        {shown.map((one, place) => (
          <Button
            key={one.code}
            size="large"
            block
            autoFocus={place === 0 && choices.length <= many}
            onClick={() => onChoose(one.code)}
          >
            {one.name}
          </Button>
        ))}
      </div>
      {shown.length === 0 && <EmptyState title={t("till.store.none")} />}
    </main>
  );
}

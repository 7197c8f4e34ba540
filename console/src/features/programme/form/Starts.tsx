import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TierStart } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import styles from "./form.module.css";

interface Props {
  starts: TierStart[];
  onPick: (start: TierStart) => void;
}

/** Schemes that other shops are known by, each with the reason for choosing it. */
export function Starts({ starts, onPick }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const [picked, setPicked] = useState<string | null>(null);
  const pick = (start: TierStart) => {
    setPicked(start.code);
    onPick(start);
  };
  return (
    <ul className={styles.starts} aria-label={t("programme.form.starts")}>
      {starts.map((start) => (
        <li key={start.code}>
          <button type="button" aria-pressed={picked === start.code} onClick={() => pick(start)}>
            <b>{name(start.name)}</b>
            <span>{name(start.when)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

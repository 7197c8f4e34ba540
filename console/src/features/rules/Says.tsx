import type { RulePart } from "../../api/rules";
import styles from "./rules.module.css";

/** What a rule says, thing by thing, in plain words. */
export function Says({ parts }: { parts: RulePart[] }) {
  return (
    <dl className={styles.says}>
      {parts.map((part) => (
        <div key={part.key} style={{ display: "contents" }}>
          <dt>{part.title}</dt>
          <dd>{part.text}</dd>
        </div>
      ))}
    </dl>
  );
}

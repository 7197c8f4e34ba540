import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Tone } from "./Swatch";
import styles from "./Verdict.module.css";

interface Props {
  tone: Exclude<Tone, "plain">;
  title: ReactNode;
  children?: ReactNode;
}

const icons = {
  good: <CheckCircleFilled />,
  warn: <ExclamationCircleFilled />,
  bad: <CloseCircleFilled />,
};

/** An outcome, big and plain: a sign and a sentence; colour alone says nothing to some. */
export function Verdict({ tone, title, children }: Props) {
  return (
    <div className={styles.verdict} data-tone={tone}>
      <span className={styles.icon} aria-hidden="true">
        {icons[tone]}
      </span>
      <div>
        <div className={styles.title}>{title}</div>
        {children}
      </div>
    </div>
  );
}

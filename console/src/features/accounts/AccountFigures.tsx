import { useTranslation } from "react-i18next";
import type { Account } from "../../api/contract";
import { useSystem } from "../../api/system";
import { Figure } from "../../kit/Figure";
import { useFormat } from "../../kit/useFormat";
import styles from "./accounts.module.css";

const keys = ["available", "pending", "held", "debt", "version"] as const;

export function AccountFigures({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { data: system } = useSystem();
  return (
    <div className={styles.figures}>
      {keys.map((key) => (
        <Figure
          key={key}
          label={t(`accounts.figure.${key}`)}
          value={count(account[key])}
          explain={{ definition: t(`accounts.definition.${key}`), computedAt: system?.now }}
        />
      ))}
    </div>
  );
}

import { useTranslation } from "react-i18next";
import type { Tiers } from "../../api/contract";
import { Card } from "../../kit/Card";
import { useFormat } from "../../kit/useFormat";
import styles from "./programme.module.css";

/** The scheme as a manager would tell it at the counter. */
export function Scheme({ scheme }: { scheme: Tiers["scheme"] }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  return (
    <Card title={t("programme.scheme.title")} note={name(scheme.name)}>
      <ul className={styles.rules}>
        {scheme.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Card>
  );
}

import { useTranslation } from "react-i18next";
import type { Benefit } from "../../api/benefits";
import type { Level } from "../../api/contract";
import { TierBadge } from "../../kit/TierBadge";
import { useFormat } from "../../kit/useFormat";
import { useNarrow } from "../../kit/useNarrow";
import styles from "./benefits.module.css";
import { matrixOf } from "./kinds";

interface Props {
  benefits: Benefit[];
  levels: Level[];
}

/** What each level has, kind by kind; on a phone level by level. */
export function Matrix({ benefits, levels }: Props) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const rows = matrixOf(benefits, levels);
  if (rows.length === 0) return <p className={styles.quiet}>{t("benefits.matrix.empty")}</p>;
  if (isNarrow) {
    return (
      <div className={styles.stack}>
        {levels.map((level, index) => (
          <section key={level.code}>
            <TierBadge tier={level} />
            <ul className={styles.ofLevel}>
              {rows
                .filter((row) => (row.cells[index] ?? []).length > 0)
                .map((row) => (
                  <li key={row.kind}>
                    <span className={styles.quiet}>{t(`benefits.kind.${row.kind}`)}</span>
                    <Cell benefits={row.cells[index] ?? []} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    );
  }
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t("benefits.matrix.kind")}</th>
            {levels.map((level) => (
              <th key={level.code} scope="col">
                <TierBadge tier={level} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <th scope="row">{t(`benefits.kind.${row.kind}`)}</th>
              {levels.map((level, index) => (
                <td key={level.code}>
                  <Cell benefits={row.cells[index] ?? []} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ benefits }: { benefits: Benefit[] }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  if (benefits.length === 0)
    return (
      <span className={styles.none} role="img" aria-label={t("benefits.matrix.none")}>
        –
      </span>
    );
  return (
    <>
      {benefits.map((one) => (
        <div key={one.code} title={name(one.name)}>
          {name(one.told)}
        </div>
      ))}
    </>
  );
}

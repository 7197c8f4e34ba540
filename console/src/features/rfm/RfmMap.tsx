import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rfm, RfmCell, SegmentCode } from "../../api/contract";
import { Go } from "../../kit/Go";
import { useFormat } from "../../kit/useFormat";
import styles from "./RfmMap.module.css";

const scores = [1, 2, 3, 4, 5];

/** Five by five: recency to the right, frequency upwards. Neighbouring cells of one segment light up together. */
export function RfmMap({ rfm }: { rfm: Rfm }) {
  const { t } = useTranslation();
  const [pointed, setPointed] = useState<SegmentCode | null>(null);
  const days = rfm.cuts.recency_days.map(Math.round).toSorted((a, b) => a - b);
  const most = Math.max(1, ...rfm.cells.map((cell) => cell.members));
  return (
    <div className={styles.frame}>
      <div className={styles.frequency}>
        <span>{t("rfm.often")}</span>
        <b>{t("rfm.frequency")}</b>
        <span>{t("rfm.rare")}</span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: leaving the map only clears a highlight */}
      <div className={styles.map} onMouseLeave={() => setPointed(null)}>
        {scores.toReversed().map((f) =>
          scores.map((r) => {
            const cell = rfm.cells.find((one) => one.r === r && one.f === f);
            return cell ? (
              <Cell
                key={`${r}${f}`}
                cell={cell}
                most={most}
                isDimmed={pointed !== null && pointed !== cell.segment}
                onPoint={setPointed}
              />
            ) : (
              <div key={`${r}${f}`} className={styles.none} />
            );
          }),
        )}
      </div>
      {days.length === 4 && (
        <div className={styles.days}>
          {scores.map((r) => (
            <span key={r}>
              {r === 1 ? t("rfm.beyond", { days: days[3] }) : t("rfm.within", { days: days[5 - r] })}
            </span>
          ))}
        </div>
      )}
      <div className={styles.recency}>
        <span>{t("rfm.far")}</span>
        <b>{t("rfm.recency")}</b>
        <span>{t("rfm.near")}</span>
      </div>
    </div>
  );
}

interface CellProps {
  cell: RfmCell;
  most: number;
  isDimmed: boolean;
  onPoint: (segment: SegmentCode) => void;
}

function Cell({ cell, most, isDimmed, onPoint }: CellProps) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const name = t(`rfm.segment.${cell.segment}`);
  // Areas, not counts, are what eyes compare: the square root keeps small cells apart.
  const heat = 0.05 + 0.4 * Math.sqrt(cell.members / most);
  return (
    <Go
      to={`/insight/rfm/${cell.segment}`}
      className={styles.cell}
      title={t("rfm.cell", { segment: name, members: count(cell.members) })}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: pointing only highlights; the link does the work */}
      <span
        className={styles.inner}
        style={{ background: `rgba(var(--heat), ${heat})`, opacity: isDimmed ? 0.35 : 1 }}
        onMouseEnter={() => onPoint(cell.segment)}
      >
        <b>{count(cell.members)}</b>
        <small>{name}</small>
      </span>
    </Go>
  );
}

import { ArrowDownOutlined, ArrowRightOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { Popover } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./Figure.module.css";
import { Go } from "./Go";
import { useFormat } from "./useFormat";

export interface FigureExplanation {
  definition: string;
  period?: string;
  computedAt?: string | null;
  previous?: string | null;
  list?: { to: string; label: string };
}

interface Props {
  label: string;
  value: string | null;
  explain: FigureExplanation;
  /** Growth against the period before: 0.12 is 12 % more. Leave out where nothing is compared. */
  change?: number | null;
  note?: string;
  size?: "large" | "body";
}

/** A computed number that can be asked how it came about. */
export function Figure({ label, value, explain, change, note, size = "large" }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.figure} data-size={size}>
      <div className={styles.label}>{label}</div>
      <Popover
        trigger="click"
        placement="bottomLeft"
        destroyOnHidden
        content={<Explained label={label} value={value} explain={explain} />}
      >
        <button
          type="button"
          className={styles.value}
          aria-label={`${label} ${value ?? t("kit.none")}. ${t("kit.explain", { label })}`}
        >
          {value ?? t("kit.none")}
        </button>
      </Popover>
      {change !== undefined && <Change value={change} />}
      {note && <div className={styles.note}>{note}</div>}
    </div>
  );
}

function Change({ value }: { value: number | null }) {
  const { t } = useTranslation();
  const { ratio } = useFormat();
  if (value === null) return <div className={styles.change}>{t("kit.change.none")}</div>;
  const share = ratio(Math.abs(value));
  if (Math.abs(value) < 0.0005) return <div className={styles.change}>{t("kit.change.same")}</div>;
  return (
    <div className={styles.change} title={t(value > 0 ? "kit.change.up" : "kit.change.down", { share })}>
      {value > 0 ? <ArrowUpOutlined className={styles.up} /> : <ArrowDownOutlined className={styles.down} />}
      <span className={value > 0 ? styles.up : styles.down}>{share}</span>
    </div>
  );
}

function Explained({
  label,
  value,
  explain,
}: {
  label: string;
  value: string | null;
  explain: FigureExplanation;
}) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return (
    <div className={styles.explained}>
      <div className={styles.explainedHead}>
        <span>{label}</span>
        <b>{value ?? t("kit.none")}</b>
      </div>
      <dl>
        <dt>{t("kit.definition")}</dt>
        <dd>{explain.definition}</dd>
        {explain.period && (
          <>
            <dt>{t("kit.period")}</dt>
            <dd>
              {explain.period}
              {explain.previous && <div className={styles.quiet}>{explain.previous}</div>}
            </dd>
          </>
        )}
        {explain.computedAt && (
          <>
            <dt>{t("kit.computedAt")}</dt>
            <dd>{moment(explain.computedAt)}</dd>
          </>
        )}
      </dl>
      {explain.list && (
        <Go to={explain.list.to} className={styles.list}>
          {explain.list.label} <ArrowRightOutlined />
        </Go>
      )}
    </div>
  );
}

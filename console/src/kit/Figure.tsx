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
  /** How the change reads where a percentage would mislead, such as for shares. */
  changeText?: string;
  /** More is not always better: expired points rising is no good news. */
  isNeutral?: boolean;
  note?: string;
  size?: "large" | "body";
}

/** A computed number that can be asked how it came about. */
export function Figure({
  label,
  value,
  explain,
  change,
  changeText,
  isNeutral = false,
  note,
  size = "large",
}: Props) {
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
      {change !== undefined && <Change value={change} text={changeText} isNeutral={isNeutral} />}
      {note && <div className={styles.note}>{note}</div>}
    </div>
  );
}

interface ChangeProps {
  value: number | null;
  text?: string;
  isNeutral: boolean;
}

function Change({ value, text, isNeutral }: ChangeProps) {
  const { t } = useTranslation();
  const { ratio, count } = useFormat();
  if (value === null) return <div className={styles.change}>{t("kit.change.none")}</div>;
  if (Math.abs(value) < 0.0005) return <div className={styles.change}>{t("kit.change.same")}</div>;
  // "4,126 %" says nothing to anyone; "42 times" does.
  const share =
    text ??
    (value >= 10 ? t("kit.change.times", { value: count(Math.round(value + 1)) }) : ratio(Math.abs(value)));
  const tone = isNeutral ? undefined : value > 0 ? styles.up : styles.down;
  return (
    <div className={styles.change} title={t(value > 0 ? "kit.change.up" : "kit.change.down", { share })}>
      {value > 0 ? <ArrowUpOutlined className={tone} /> : <ArrowDownOutlined className={tone} />}{" "}
      <span className={tone}>{share}</span>
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

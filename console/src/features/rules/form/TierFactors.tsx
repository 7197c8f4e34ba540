import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { useTiers } from "../../../api/tiers";
import { useFormat } from "../../../kit/useFormat";
import styles from "../rules.module.css";

interface Props {
  value: Record<string, number>;
  onChange: (value: Record<string, number>) => void;
}

/** A factor for each level of the shop; levels without one are not multiplied. */
export function TierFactors({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const tiers = useTiers();
  const change = (code: string, factor: number | null) => {
    const { [code]: _before, ...others } = value;
    onChange(factor === null ? others : { ...others, [code]: factor });
  };
  return (
    <div className={styles.fields}>
      {tiers.data?.levels.map((level) => (
        <InputNumber
          key={level.code}
          prefix={name(level.name)}
          suffix="×"
          min={1}
          max={100}
          step={0.1}
          precision={2}
          aria-label={`${name(level.name)} ${t("rules.form.factor")}`}
          value={value[level.code] ?? null}
          onChange={(factor) => change(level.code, factor)}
          style={{ width: "100%" }}
        />
      ))}
    </div>
  );
}

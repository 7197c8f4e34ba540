import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import type { Stacking } from "../../../api/coupons";
import { Card } from "../../../kit/Card";
import { useFormat } from "../../../kit/useFormat";
import styles from "../coupons.module.css";
import { Field } from "../form/Field";
import { goTogether, switchPair } from "./pairs";

interface Props {
  value: Stacking;
  isDisabled: boolean;
  onChange: (value: Stacking) => void;
}

/** Which groups go together: every pair once, switched by a click. */
export function PairMatrix({ value, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const groups = value.groups.map((one) => ({
    category: one.category,
    name: name({ zh: one.name_zh, en: one.name_en }),
  }));
  return (
    <Card title={t("coupons.stacking.pairs")} note={t("coupons.stacking.pairsNote")}>
      <Field label={t("coupons.stacking.together")} pointer="/together">
        <Segmented
          value={value.together ? "yes" : "no"}
          onChange={(chosen) => onChange({ ...value, together: chosen === "yes" })}
          options={[
            { value: "yes", label: t("coupons.stacking.togetherYes") },
            { value: "no", label: t("coupons.stacking.togetherNo") },
          ]}
        />
      </Field>
      {groups.length < 2 ? (
        <p className={styles.quiet}>{t("coupons.stacking.onePair")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: many groups scroll sideways, and must do so without a mouse too
        <div className={styles.scroll} tabIndex={0}>
          <table className={styles.pairs}>
            <thead>
              <tr>
                <th />
                {groups.slice(1).map((one) => (
                  <th key={one.category} scope="col">
                    {one.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.slice(0, -1).map((first, row) => (
                <tr key={first.category}>
                  <th scope="row">{first.name}</th>
                  {groups.slice(1).map((second, column) => (
                    <td key={second.category}>
                      {column >= row && (
                        <PairButton
                          goes={goTogether(value, first.category, second.category)}
                          pair={t("coupons.stacking.pair", { first: first.name, second: second.name })}
                          isDisabled={isDisabled}
                          onClick={() => onChange(switchPair(value, first.category, second.category))}
                        />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

interface PairProps {
  goes: boolean;
  pair: string;
  isDisabled: boolean;
  onClick: () => void;
}

function PairButton({ goes, pair, isDisabled, onClick }: PairProps) {
  const { t } = useTranslation();
  const text = t(goes ? "coupons.stacking.yes" : "coupons.stacking.no");
  return (
    <button
      type="button"
      className={styles.pair}
      data-goes={goes}
      disabled={isDisabled}
      aria-label={`${pair}: ${text}`}
      onClick={onClick}
    >
      {text}
    </button>
  );
}

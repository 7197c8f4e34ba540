import { Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { minorDigits } from "../../../kit/format";
import styles from "./form.module.css";
import { inMoney, type Path } from "./SchemaFields";
import type { LevelValues } from "./values";

/** A number for each level but the lowest, in whatever the condition beside it counts. */
export function PerLevel({ path, money }: { field: unknown; path: Path; money: string }) {
  const { t, i18n } = useTranslation();
  const form = Form.useFormInstance();
  const levels = (Form.useWatch("levels", { form, preserve: true }) as LevelValues[] | undefined) ?? [];
  const own = Form.useWatch([...path.slice(0, -1), "metric"], { form, preserve: true }) as string | null;
  const scheme = Form.useWatch(["parameters", "metric"], { form, preserve: true }) as string | undefined;
  const isMoney = (own ?? scheme) === "net_spend";
  return (
    <div className={styles.names}>
      {levels.slice(1).map((level) => (
        <Form.Item
          key={level.code}
          name={[...path, level.code]}
          label={(i18n.language === "en" ? level.name_en : level.name_zh) || level.code}
          rules={[{ required: true, message: t("programme.form.needed") }]}
          {...(isMoney ? inMoney(money) : {})}
        >
          <InputNumber
            className={styles.full}
            min={0}
            max={10 ** 15}
            precision={isMoney ? minorDigits(money) : 0}
          />
        </Form.Item>
      ))}
    </div>
  );
}

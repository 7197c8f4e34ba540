import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, ColorPicker, Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { minorDigits } from "../../../kit/format";
import styles from "./form.module.css";
import { inMoney } from "./SchemaFields";
import { addedLevel, type LevelValues } from "./values";

interface Props {
  /** Counted in money, or in whole things such as orders. */
  isMoney: boolean;
  money: string;
  /** Levels lose an amount of their own when their time is up. */
  isDeducting: boolean;
}

/** The levels from the lowest up. Those that were saved keep their place: members stand on them. */
export function LevelRows({ isMoney, money, isDeducting }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  return (
    <Form.List name="levels">
      {(rows, { add, remove }) => (
        <div className={styles.rows}>
          {rows.map((row, index) => {
            const level = form.getFieldValue(["levels", row.name]) as LevelValues | undefined;
            return (
              <div key={row.key} className={styles.row}>
                <LevelFields row={row.name} {...{ isMoney, money, isDeducting }} isFirst={index === 0} />
                {level?.isNew && (
                  <Button
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={t("programme.form.removeNth", { nth: index + 1 })}
                    onClick={() => remove(row.name)}
                  >
                    {t("programme.form.remove")}
                  </Button>
                )}
              </div>
            );
          })}
          {rows.length < 20 && (
            <Button
              icon={<PlusOutlined />}
              onClick={() => add(addedLevel(form.getFieldValue("levels") as LevelValues[]))}
            >
              {t("programme.form.addLevel")}
            </Button>
          )}
        </div>
      )}
    </Form.List>
  );
}

function LevelFields({
  row,
  isMoney,
  money,
  isDeducting,
  isFirst,
}: Props & { row: number; isFirst: boolean }) {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t("programme.form.needed") }];
  const amount = isMoney ? inMoney(money) : {};
  const number = (
    <InputNumber
      className={styles.full}
      min={0}
      max={10 ** 15}
      precision={isMoney ? minorDigits(money) : 0}
    />
  );
  return (
    <>
      <div className={styles.names}>
        <Form.Item
          name={[row, "colour"]}
          label={t("programme.form.colour")}
          getValueFromEvent={(colour: { toHexString: () => string }) => colour.toHexString().toUpperCase()}
        >
          <ColorPicker disabledAlpha />
        </Form.Item>
        <Form.Item name={[row, "name_zh"]} label={t("programme.form.nameZh")} rules={needed}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name={[row, "name_en"]} label={t("programme.form.nameEn")} rules={needed}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
      {isFirst ? (
        <p className={styles.quiet}>{t("programme.form.lowest")}</p>
      ) : (
        <>
          <div className={styles.names}>
            <Form.Item
              name={[row, "threshold"]}
              label={isMoney ? t("programme.form.thresholdMoney", { money }) : t("programme.form.threshold")}
              rules={[{ required: true, message: t("programme.form.needed") }]}
              {...amount}
            >
              {number}
            </Form.Item>
            <Form.Item name={[row, "keep_threshold"]} label={t("programme.form.keep")} {...amount}>
              {number}
            </Form.Item>
            {isDeducting && (
              <Form.Item name={[row, "deduct"]} label={t("programme.form.deduct")} {...amount}>
                {number}
              </Form.Item>
            )}
          </div>
          <Form.Item name={[row, "is_floor"]} valuePropName="checked" className={styles.tight}>
            <Checkbox>{t("programme.form.floor")}</Checkbox>
          </Form.Item>
        </>
      )}
    </>
  );
}

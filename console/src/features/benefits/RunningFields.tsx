import { Form, InputNumber, Radio, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { BenefitKind } from "../../api/benefits";
import { useSystem } from "../../api/system";
import { minorDigits } from "../../kit/format";
import styles from "./benefits.module.css";

const places = ["counter", "phone", "online"] as const;

/** What discounts, free shipping, service, early access and exclusive products ask for. */
export function RunningFields({ kind }: { kind: BenefitKind }) {
  const { t } = useTranslation();
  const needed = [{ required: true, message: t("benefits.form.needed") }];
  return (
    <>
      {kind === "discount" && <DiscountFields />}
      {(kind === "discount" || kind === "free_shipping") && (
        <MoneyField name="least_order" label={t("benefits.form.leastOrder")} />
      )}
      {kind === "priority_service" && (
        <Form.Item name="places" label={t("benefits.form.places")} rules={needed}>
          <Select
            mode="multiple"
            options={places.map((value) => ({ value, label: t(`benefits.place.${value}`) }))}
          />
        </Form.Item>
      )}
      {kind === "early_access" && (
        <Form.Item name="hours_ahead" label={t("benefits.form.hoursAhead")} rules={needed}>
          <InputNumber className={styles.full} min={1} max={720} precision={0} />
        </Form.Item>
      )}
      {(kind === "discount" || kind === "exclusive_products") && (
        <div className={styles.two}>
          <Form.Item name="products" label={t("benefits.form.products")} extra={t("benefits.form.codesHelp")}>
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " ", "，"]} />
          </Form.Item>
          <Form.Item name="categories" label={t("benefits.form.categories")}>
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " ", "，"]} />
          </Form.Item>
        </div>
      )}
      <Form.Item name="is_on_birthday" label={t("benefits.form.onBirthday")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}

function DiscountFields() {
  const { t } = useTranslation();
  const off = Form.useWatch("off");
  const needed = [{ required: true, message: t("benefits.form.needed") }];
  return (
    <>
      <Form.Item name="off" label={t("benefits.form.off")}>
        <Radio.Group
          options={(["percent", "amount"] as const).map((value) => ({
            value,
            label: t(`benefits.form.offs.${value}`),
          }))}
        />
      </Form.Item>
      {off === "amount" ? (
        <MoneyField name="amount_off" label={t("benefits.form.amountOff")} isNeeded />
      ) : (
        <div className={styles.two}>
          <Form.Item
            name="percent_off"
            label={t("benefits.form.percentOff")}
            extra={t("benefits.form.percentHelp")}
            rules={needed}
          >
            <InputNumber className={styles.full} min={1} max={100} precision={0} suffix="%" />
          </Form.Item>
          <MoneyField name="most_off" label={t("benefits.form.mostOff")} />
        </div>
      )}
    </>
  );
}

function MoneyField({ name, label, isNeeded = false }: { name: string; label: string; isNeeded?: boolean }) {
  const { t } = useTranslation();
  const { data: system } = useSystem();
  const money = system?.currency ?? "CNY";
  return (
    <Form.Item
      name={name}
      label={label}
      rules={isNeeded ? [{ required: true, message: t("benefits.form.needed") }] : []}
    >
      <InputNumber
        className={styles.full}
        min={0}
        max={10 ** 9}
        precision={minorDigits(money)}
        suffix={money}
      />
    </Form.Item>
  );
}

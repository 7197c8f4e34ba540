import { Form, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { BenefitKind } from "../../api/benefits";
import { useCurrencies } from "../../api/currencies";
import { useFormat } from "../../kit/useFormat";
import { TemplateSelect } from "../coupons/issue/TemplateSelect";
import styles from "./benefits.module.css";

const gifts = ["goods", "points", "coupon"] as const;
const remains = ["keep", "revoke"] as const;

/** What is given, how long it holds, and what becomes of it when the level falls. */
export function GiftFields({ kind }: { kind: BenefitKind }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const gift = Form.useWatch("gift");
  const currencies = useCurrencies();
  const needed = [{ required: true, message: t("benefits.form.needed") }];
  const remain = remains.map((value) => ({ value, label: t(`benefits.remains.${value}`) }));
  return (
    <>
      <Form.Item name="gift" label={t("benefits.form.gift")}>
        <Radio.Group options={gifts.map((value) => ({ value, label: t(`benefits.gift.${value}`) }))} />
      </Form.Item>
      {gift === "points" ? (
        <div className={styles.two}>
          <Form.Item name="amount" label={t("benefits.form.amount")} rules={needed}>
            <InputNumber className={styles.full} min={1} max={10 ** 9} precision={0} />
          </Form.Item>
          <Form.Item name="currency" label={t("benefits.form.currency")} rules={needed}>
            <Select options={currencies.data?.map((one) => ({ value: one.code, label: name(one.name) }))} />
          </Form.Item>
        </div>
      ) : gift === "coupon" ? (
        <Form.Item
          name="coupon"
          label={t("benefits.form.coupon")}
          extra={t("benefits.form.couponHelp")}
          rules={needed}
        >
          <TemplateSelect />
        </Form.Item>
      ) : (
        <>
          <div className={styles.two}>
            <Form.Item name="gift_zh" label={t("benefits.form.giftZh")} rules={needed}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item name="gift_en" label={t("benefits.form.giftEn")} rules={needed}>
              <Input maxLength={100} />
            </Form.Item>
          </div>
          <div className={styles.two}>
            <Form.Item name="units" label={t("benefits.form.units")} rules={needed}>
              <InputNumber className={styles.full} min={1} max={100} precision={0} />
            </Form.Item>
            <Form.Item
              name="valid_days"
              label={t("benefits.form.validDays")}
              extra={t(kind === "upgrade_gift" ? "benefits.form.validForEver" : "benefits.form.validHelp")}
            >
              <InputNumber className={styles.full} min={1} max={3660} precision={0} />
            </Form.Item>
          </div>
          <Form.Item name="on_level_lost" label={t("benefits.form.onLevelLost")}>
            <Radio.Group options={remain} />
          </Form.Item>
          {kind === "upgrade_gift" && (
            <Form.Item name="on_refund" label={t("benefits.form.onRefund")}>
              <Radio.Group options={remain} />
            </Form.Item>
          )}
        </>
      )}
      {kind === "upgrade_gift" && (
        <Form.Item
          name="again_after_months"
          label={t("benefits.form.again")}
          extra={t("benefits.form.againHelp")}
          rules={needed}
        >
          <InputNumber className={styles.full} min={0} max={1200} precision={0} />
        </Form.Item>
      )}
      {kind === "anniversary_gift" && (
        <Form.Item name="least_years" label={t("benefits.form.leastYears")} rules={needed}>
          <InputNumber className={styles.full} min={1} max={100} precision={0} />
        </Form.Item>
      )}
    </>
  );
}

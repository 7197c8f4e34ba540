import { Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { type RefundReason as Reason, refundReasons } from "../../api/checkout";
import styles from "./checkout.module.css";
import type { Why } from "./refund";

interface Props {
  why: Why;
  onChange: (why: Why) => void;
  size?: "middle" | "large";
}

/** Why goods come back: one of a short list, and a word beside it. Neither has to be said. */
export function RefundReason({ why, onChange, size = "middle" }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.reason}>
      <legend className={styles.why}>{t("checkout.refund.reason.label")}</legend>
      <Radio.Group
        className={styles.reasons}
        value={why.reason}
        onChange={(event) => onChange({ ...why, reason: event.target.value as Reason })}
        options={refundReasons.map((value) => ({ value, label: t(`checkout.refund.reason.${value}`) }))}
      />
      <Input
        size={size}
        maxLength={200}
        value={why.note}
        placeholder={t("checkout.refund.reason.noteHint")}
        aria-label={t("checkout.refund.reason.note")}
        onChange={(event) => onChange({ ...why, note: event.target.value })}
      />
    </fieldset>
  );
}

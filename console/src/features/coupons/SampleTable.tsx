import { useTranslation } from "react-i18next";
import type { CouponSample } from "../../api/coupons";
import { useFormat } from "../../kit/useFormat";
import styles from "./coupons.module.css";

/** An order line by line: what it costs and what comes off; below, what is to be paid. */
export function SampleTable({ sample }: { sample: CouponSample }) {
  const { t } = useTranslation();
  const { money, quantity, moment } = useFormat();
  const named = (line: CouponSample["lines"][number]) => {
    if (!line.is_goods) return t("coupons.preview.postage");
    return line.product === "sample" ? t("coupons.preview.goods") : line.product;
  };
  return (
    <>
      <table className={styles.sample}>
        <tbody>
          {sample.lines.map((line) => (
            <tr key={line.line_no}>
              <td>
                {named(line)} × {quantity(line.quantity)}
              </td>
              <td className={styles.number}>{money(line.amount_minor)}</td>
              <td>{line.off_minor > 0 ? `−${money(line.off_minor)}` : ""}</td>
            </tr>
          ))}
          <tr>
            <td>{t("coupons.preview.payable")}</td>
            <td />
            <td>{money(sample.payable_minor)}</td>
          </tr>
        </tbody>
      </table>
      <p className={styles.quiet}>{moment(sample.at)}</p>
      {sample.uses.length === 0 &&
        sample.unused.map((one) => <p key={one.template}>{t("coupons.preview.noUse", { why: one.text })}</p>)}
    </>
  );
}

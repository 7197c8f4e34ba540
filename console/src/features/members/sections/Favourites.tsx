import { useTranslation } from "react-i18next";
import { useFormat } from "../../../kit/useFormat";
import { sectionData } from "../overview";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";

export function Favourites({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { money, quantity } = useFormat();
  const orders = sectionData(overview, "orders");
  const products = orders?.favourite_products ?? [];
  if (!orders || products.length === 0)
    return <div className={styles.quiet}>{t("members.favourites.empty")}</div>;
  return (
    <ul className={styles.products}>
      {products.map((product) => (
        <li key={product.code}>
          <span className={styles.productName} title={product.name}>
            {product.name}
          </span>
          <span className={styles.quiet}>
            {t("members.favourites.times", { quantity: quantity(product.quantity) })}
          </span>
          <span className={styles.amount}>{money(product.amount_minor, orders.currency)}</span>
        </li>
      ))}
    </ul>
  );
}

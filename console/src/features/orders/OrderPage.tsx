import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOrder } from "../../api/orders";
import { Go } from "../../kit/Go";
import { useTitle } from "../../kit/useTitle";
import { OrderDetail } from "./OrderDetail";
import styles from "./orders.module.css";

export function OrderPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const { data } = useOrder(id);
  useTitle(data?.number);
  return (
    <div className={styles.page}>
      <div className={styles.crumb}>
        <Go to="/sales/orders">{t("orders.title")}</Go>
        {data && <span>/ {data.number}</span>}
      </div>
      <OrderDetail id={id} />
    </div>
  );
}

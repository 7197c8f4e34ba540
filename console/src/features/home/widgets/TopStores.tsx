import type { Dashboard } from "../../../api/contract";
import { Go } from "../../../kit/Go";
import { useFormat } from "../../../kit/useFormat";
import styles from "../home.module.css";

export function TopStores({ dashboard }: { dashboard: Dashboard }) {
  const { wholeMoney } = useFormat();
  const { stores, period, currency } = dashboard;
  const most = Math.max(1, ...stores.map((row) => row.sales_minor));
  return (
    <ol className={styles.stores}>
      {stores.map(({ store, sales_minor }) => (
        <li key={store.id}>
          <Go to={`/sales/orders?store=${store.id}&from=${period.from}&to=${period.to}`} title={store.name}>
            {store.name}
          </Go>
          <div className={styles.track}>
            <div
              style={{ width: `${Math.max(0, sales_minor / most) * 100}%`, background: "var(--series-1)" }}
            />
          </div>
          <span className="num">{wholeMoney(sales_minor, currency)}</span>
        </li>
      ))}
    </ol>
  );
}

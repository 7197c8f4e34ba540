import { CloseOutlined, SwapOutlined } from "@ant-design/icons";
import { Badge, Button } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Store } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useNarrow } from "../../kit/useNarrow";
import { shopNow } from "./offline/clock";
import { useConnection } from "./offline/useConnection";
import styles from "./till.module.css";

interface Props {
  store: Store;
  cashier: string;
  /** Null: the till stands in the only store there is, or a sale is in hand. */
  onLeaveStore: (() => void) | null;
  children?: ReactNode;
}

/** Where, who, when, and whether the server is there. */
export function TopLine({ store, cashier, onLeaveStore, children }: Props) {
  const { t } = useTranslation();
  const { dayWithWeekday, dayOf, timeOf } = useFormat();
  const go = useGo();
  const isNarrow = useNarrow();
  const now = useNow();
  return (
    <header className={styles.top}>
      <b className={styles.place}>{store.name}</b>
      {onLeaveStore && (
        <Button
          type="text"
          icon={<SwapOutlined />}
          aria-label={t("till.store.change")}
          title={t("till.store.change")}
          onClick={onLeaveStore}
        />
      )}
      {!isNarrow && (
        <span className={styles.quiet}>
          {t("till.cashier", { name: cashier })} · {dayWithWeekday(dayOf(now))} {timeOf(now)}
        </span>
      )}
      <span className={styles.grow} />
      <State />
      {children}
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t("till.leave")}
        title={t("till.leave")}
        onClick={() => go("/")}
      />
    </header>
  );
}

function State() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { isOnline, waiting, refused } = useConnection();
  const waits = waiting > 0 ? t("till.waiting", { count: waiting, value: count(waiting) }) : "";
  const returned = refused > 0 ? t("till.refused", { count: refused, value: count(refused) }) : "";
  return (
    <span role="status">
      <Badge
        status={isOnline ? (refused > 0 ? "error" : "success") : "warning"}
        text={[t(isOnline ? "till.online" : "till.offline"), waits, returned].filter(Boolean).join(" · ")}
      />
    </span>
  );
}

/** The shop's clock, to the minute. */
function useNow(): string {
  const [now, setNow] = useState(() => shopNow().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(shopNow().toISOString()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

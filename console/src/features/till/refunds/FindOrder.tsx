import { BarcodeOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../../api/client";
import type { OrderRow, OrdersQuery, Store } from "../../../api/contract";
import { useOrders } from "../../../api/orders";
import { useSystem } from "../../../api/system";
import { EmptyState } from "../../../kit/EmptyState";
import { ErrorState } from "../../../kit/ErrorState";
import { useSettled } from "../../../kit/useSettled";
import { Waiting } from "../../../kit/Waiting";
import styles from "../day/day.module.css";
import { OrderButton } from "../day/OrderButton";
import { meaningOf } from "../meaning";

interface Props {
  store: Store;
  onFound: (id: number) => void;
}

/** The order by its scanned number, by whoever bought, or from today's list. */
export function FindOrder({ store, onFound }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const text = useSettled(typed.trim(), 250);
  const { data: system } = useSystem();
  const query = queryOf(text, store, system?.today);
  const found = useOrders(query, system !== undefined);
  const rows = isNobody(found.error) ? [] : found.data?.items;
  const enter = () => {
    const exact = rows?.find((row) => row.number.toLowerCase() === typed.trim().toLowerCase());
    const one = exact ?? (rows?.length === 1 && text === typed.trim() ? rows[0] : undefined);
    if (one) onFound(one.id);
  };
  return (
    <div className={styles.stack}>
      <Input
        autoFocus
        allowClear
        size="large"
        prefix={<BarcodeOutlined />}
        value={typed}
        placeholder={t("tillDesk.refund.find")}
        aria-label={t("tillDesk.refund.find")}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={enter}
      />
      <h3 className={styles.heading}>{t(text ? "tillDesk.refund.found" : "tillDesk.refund.today")}</h3>
      <Rows rows={rows} text={text} error={found.error} onFound={onFound} />
    </div>
  );
}

interface RowsProps {
  rows: OrderRow[] | undefined;
  text: string;
  error: unknown;
  onFound: (id: number) => void;
}

function Rows({ rows, text, error, onFound }: RowsProps) {
  const { t } = useTranslation();
  if (error && !rows) return <ErrorState error={error} />;
  if (!rows) return <Waiting rows={6} />;
  if (rows.length === 0) {
    return (
      <EmptyState
        title={t(text ? "tillDesk.refund.none" : "tillDesk.refund.noneToday")}
        hint={t("tillDesk.refund.noneHint")}
      />
    );
  }
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.id}>
          <OrderButton order={row} onOpen={() => onFound(row.id)} />
        </li>
      ))}
    </ul>
  );
}

function queryOf(text: string, store: Store, today: string | undefined): OrdersQuery {
  if (!text) return { kind: "sale", store: store.id, from: today, to: today, limit: 30 };
  const meaning = meaningOf(text, "member");
  if (meaning.kind === "phone") return { kind: "sale", member: `phone:${meaning.phone}`, limit: 30 };
  if (meaning.kind === "memberNumber") return { kind: "sale", member: `number:${meaning.number}`, limit: 30 };
  return { kind: "sale", q: text, limit: 30 };
}

/** Nobody has this phone or number: there is nothing to list, and nothing went wrong. */
function isNobody(error: unknown): boolean {
  return error instanceof Refused && error.status === 404;
}

import { Badge, Drawer, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderRow, Store } from "../../../api/contract";
import { useConnection } from "../offline/useConnection";
import { TillRefunds } from "../refunds/TillRefunds";
import { DeskBody } from "./DeskBody";
import { KeptSales } from "./KeptSales";
import { Reprint } from "./Reprint";
import { Today } from "./Today";

export type DayTab = "today" | "kept";

interface Props {
  store: Store;
  cashier: string;
  /** Where it opens; where sales were refused, the sales that need somebody. */
  tab?: DayTab;
  onClose: () => void;
}

/** The day at this till: what came in, receipts again, and the sales that the server does not have yet. */
export function TillDay({ store, cashier, tab, onClose }: Props) {
  const { t } = useTranslation();
  const { waiting, refused } = useConnection();
  const [shown, setShown] = useState<DayTab>(tab ?? (refused > 0 ? "kept" : "today"));
  const [reprinted, setReprinted] = useState<OrderRow | null>(null);
  const [refunded, setRefunded] = useState<OrderRow | null>(null);
  return (
    <Drawer open size={720} onClose={onClose} title={t("tillDesk.day.title", { store: store.name })}>
      <DeskBody>
        <Tabs
          activeKey={shown}
          onChange={(key) => setShown(key as DayTab)}
          items={[
            {
              key: "today",
              label: t("tillDesk.day.today"),
              children: <Today store={store} onReprint={setReprinted} onRefund={setRefunded} />,
            },
            {
              key: "kept",
              label: (
                <Badge
                  count={waiting + refused}
                  color={refused > 0 ? undefined : "var(--warning)"}
                  offset={[10, -2]}
                >
                  {t("tillDesk.kept.tab")}
                </Badge>
              ),
              children: <KeptSales />,
            },
          ]}
        />
      </DeskBody>
      {reprinted && (
        <Reprint id={reprinted.id} store={store} cashier={cashier} onClose={() => setReprinted(null)} />
      )}
      {refunded && (
        <TillRefunds store={store} cashier={cashier} order={refunded.id} onClose={() => setRefunded(null)} />
      )}
    </Drawer>
  );
}

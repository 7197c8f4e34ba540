import { FileTextOutlined, RollbackOutlined } from "@ant-design/icons";
import { Badge, Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Store } from "../../../api/contract";
import { useNarrow } from "../../../kit/useNarrow";
import { useConnection } from "../offline/useConnection";

const TillDay = lazy(() => import("./TillDay").then((file) => ({ default: file.TillDay })));
const TillRefunds = lazy(() =>
  import("../refunds/TillRefunds").then((file) => ({ default: file.TillRefunds })),
);

/** What a cashier does beside selling: refunds, and the day. */
export function DeskButtons({ store, cashier }: { store: Store; cashier: string }) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const { waiting, refused } = useConnection();
  const [open, setOpen] = useState<"refunds" | "day" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button
        type="text"
        size="large"
        icon={<RollbackOutlined />}
        title={t("tillDesk.refund.open")}
        aria-label={t("tillDesk.refund.open")}
        onClick={() => setOpen("refunds")}
      >
        {isNarrow ? null : t("tillDesk.refund.open")}
      </Button>
      <Badge count={refused} offset={[-6, 6]} title={t("tillDesk.kept.refused")}>
        <Button
          type="text"
          size="large"
          icon={<FileTextOutlined />}
          title={t("tillDesk.day.open")}
          aria-label={t("tillDesk.day.open")}
          onClick={() => setOpen("day")}
        >
          {isNarrow ? null : t("tillDesk.day.open")}
        </Button>
      </Badge>
      <Suspense>
        {open === "refunds" && <TillRefunds store={store} cashier={cashier} onClose={close} />}
        {open === "day" && (
          <TillDay
            store={store}
            cashier={cashier}
            tab={refused > 0 || waiting > 0 ? "kept" : "today"}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}

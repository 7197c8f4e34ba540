import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMemberOrders } from "../../../api/members";
import { DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { useGo } from "../../../kit/useGo";
import { OrderCard } from "../../orders/OrderCard";
import { useOrderColumns } from "../../orders/useOrderColumns";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";

export function MemberOrders({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const go = useGo();
  const orders = useMemberOrders(overview.member.id);
  const columns = useOrderColumns({ isSortable: false }).filter(({ key }) => key !== "member");
  return (
    <div className={styles.bleed}>
      <DataTable
        rows={orders.data?.pages.flatMap((page) => page.items)}
        columns={columns}
        rowKey={(row) => row.id}
        error={orders.error}
        onRetry={() => void orders.refetch()}
        onOpen={(row) => go(`/sales/orders/${row.id}`)}
        card={(row) => <OrderCard order={row} />}
        empty={<EmptyState title={t("members.orders.empty")} hint={t("members.orders.emptyHint")} />}
      />
      {orders.hasNextPage && (
        <div className={styles.more}>
          <Button loading={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>
            {t("kit.more")}
          </Button>
        </div>
      )}
    </div>
  );
}

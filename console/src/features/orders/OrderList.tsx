import { FileTextOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { useOrderCount, useOrders } from "../../api/orders";
import { EmptyState } from "../../kit/EmptyState";
import { ExportButton } from "../../kit/ExportButton";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useUrlState } from "../../kit/useUrlState";
import { hasFilters, noFilters, orderListDefaults, ordersQuery } from "./listState";
import { OrderCard } from "./OrderCard";
import { OrderDetail } from "./OrderDetail";
import { OrderFilters } from "./OrderFilters";
import { useOrderColumns } from "./useOrderColumns";

const defaultSort = "-placed_at";

export function OrderList() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const go = useGo();
  const [state, patch] = useUrlState(orderListDefaults);
  const query = ordersQuery(state);
  const page = useOrders(query);
  const { cursor: _cursor, limit: _limit, sort: _sort, ...counted } = query;
  const total = useOrderCount(counted);
  const columns = useOrderColumns();
  return (
    <Page
      title={t("orders.title")}
      purpose={
        <>
          {t("orders.purpose")}
          <span className="aside num" aria-live="polite">
            {total.data &&
              t(total.data.is_capped ? "orders.countCapped" : "orders.count", {
                value: count(total.data.value),
              })}
          </span>
        </>
      }
      action={
        <ExportButton
          list="orders"
          filters={counted}
          expected={total.data?.is_capped ? undefined : total.data?.value}
        />
      }
    >
      <RecordList
        name="orders"
        defaults={orderListDefaults}
        apart={["preview"]}
        page={page}
        defaultSort={defaultSort}
        filters={<OrderFilters state={state} patch={patch} />}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => patch({ preview: String(row.id) })}
        selected={Number(state.preview)}
        card={(row) => <OrderCard order={row} />}
        empty={
          hasFilters(state) ? (
            <EmptyState
              icon={<FileTextOutlined />}
              title={t("orders.empty.filteredTitle")}
              hint={t("orders.empty.filteredHint")}
              action={<Button onClick={() => patch(noFilters)}>{t("orders.empty.filteredAction")}</Button>}
            />
          ) : (
            <EmptyState
              icon={<FileTextOutlined />}
              title={t("orders.empty.title")}
              hint={t("orders.empty.hint")}
              action={
                <Button type="primary" onClick={() => go("/settings/imports")}>
                  {t("orders.empty.action")}
                </Button>
              }
            />
          )
        }
      />
      <Drawer
        open={state.preview !== ""}
        onClose={() => patch({ preview: "" })}
        size={640}
        title={t("orders.title")}
        extra={
          <Button type="primary" onClick={() => go(`/sales/orders/${state.preview}`)}>
            {t("orders.preview.open")}
          </Button>
        }
        destroyOnHidden
      >
        {state.preview && <OrderDetail id={state.preview} isPreview />}
      </Drawer>
    </Page>
  );
}

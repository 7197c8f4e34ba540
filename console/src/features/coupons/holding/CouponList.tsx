import { TagOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useHeldCoupons } from "../../../api/heldCoupons";
import { Card } from "../../../kit/Card";
import { DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { Keyset } from "../../../kit/Keyset";
import { Page } from "../../../kit/Page";
import { useGo } from "../../../kit/useGo";
import { useUrlState } from "../../../kit/useUrlState";
import { CouponDrawer } from "./CouponDrawer";
import { CouponFilters } from "./CouponFilters";
import { HeldCard } from "./HeldCard";
import { hasFilters, heldListDefaults, heldQuery, noFilters } from "./listState";
import { useHeldColumns } from "./useHeldColumns";

/** Every coupon that was given out, and every printed code. */
export function CouponList() {
  const { t } = useTranslation();
  const go = useGo();
  const [state, patch] = useUrlState(heldListDefaults);
  const page = useHeldCoupons(heldQuery(state));
  const columns = useHeldColumns(page.data?.currency);
  return (
    <Page title={t("couponHolding.title")} purpose={t("couponHolding.purpose")}>
      <Card isFlush>
        <CouponFilters state={state} patch={patch} />
        <DataTable
          rows={page.data?.items}
          columns={columns}
          rowKey={(row) => row.code}
          error={page.error}
          onRetry={() => void page.refetch()}
          isRefreshing={page.isPlaceholderData}
          onOpen={(row) => patch({ preview: row.code })}
          selected={state.preview}
          card={(row) => <HeldCard coupon={row} currency={page.data?.currency} />}
          isSticky
          empty={
            hasFilters(state) ? (
              <EmptyState
                icon={<TagOutlined />}
                title={t("couponHolding.empty.filteredTitle")}
                hint={t("couponHolding.empty.filteredHint")}
                action={<Button onClick={() => patch(noFilters)}>{t("couponHolding.filter.clear")}</Button>}
              />
            ) : (
              <EmptyState
                icon={<TagOutlined />}
                title={t("couponHolding.empty.title")}
                hint={t("couponHolding.empty.hint")}
                action={
                  <Button type="primary" onClick={() => go("/loyalty/coupons")}>
                    {t("couponHolding.empty.action")}
                  </Button>
                }
              />
            )
          }
          footer={<Keyset state={state} patch={patch} next={page.data?.next ?? null} />}
        />
      </Card>
      <CouponDrawer
        code={state.preview}
        onOpen={(preview) => patch({ preview })}
        onClose={() => patch({ preview: "" })}
      />
    </Page>
  );
}

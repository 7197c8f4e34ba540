import { TagOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useHeldCoupons } from "../../../api/heldCoupons";
import { EmptyState } from "../../../kit/EmptyState";
import { RecordList } from "../../../kit/list/RecordList";
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
      <RecordList
        name="coupons"
        defaults={heldListDefaults}
        apart={["preview"]}
        page={page}
        filters={<CouponFilters state={state} patch={patch} />}
        columns={columns}
        rowKey={(row) => row.code}
        onOpen={(row) => patch({ preview: row.code })}
        selected={state.preview}
        card={(row) => <HeldCard coupon={row} currency={page.data?.currency} />}
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
      />
      <CouponDrawer
        code={state.preview}
        onOpen={(preview) => patch({ preview })}
        onClose={() => patch({ preview: "" })}
      />
    </Page>
  );
}

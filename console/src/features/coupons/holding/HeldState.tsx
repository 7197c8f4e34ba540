import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { HeldCoupon } from "../../../api/heldCoupons";
import { useSystem } from "../../../api/system";

const colours = {
  issued: "success",
  locked: "processing",
  redeemed: undefined,
  expired: "default",
  void: "error",
  given: "default",
} as const;

/** What a coupon is as of now; one that is offered or has not begun is told apart from one that can be used. */
export function HeldState({ coupon }: { coupon: HeldCoupon }) {
  const { t } = useTranslation();
  const { data: system } = useSystem();
  if (coupon.is_offered) return <Tag color="processing">{t("couponHolding.state.offered")}</Tag>;
  if (coupon.state === "issued" && system && coupon.valid_from > system.now)
    return <Tag color="gold">{t("couponHolding.state.waiting")}</Tag>;
  return <Tag color={colours[coupon.state]}>{t(`couponHolding.state.${coupon.state}`)}</Tag>;
}

import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { useHeldCoupon } from "../../../api/heldCoupons";
import { Loaded } from "../../../kit/Loaded";
import { CouponStory } from "./CouponStory";

interface Props {
  /** Empty: closed. */
  code: string;
  /** Another coupon: the one that this became, or came from. */
  onOpen: (code: string) => void;
  onClose: () => void;
}

/** One coupon with its terms and everything that happened to it, beside the list it was chosen from. */
export function CouponDrawer({ code, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={code !== ""} onClose={onClose} size={560} title={t("couponHolding.one")} destroyOnHidden>
      {code && <Inside key={code} code={code} onOpen={onOpen} />}
    </Drawer>
  );
}

function Inside({ code, onOpen }: { code: string; onOpen: (code: string) => void }) {
  const coupon = useHeldCoupon(code);
  return (
    <Loaded of={coupon} rows={10} minHeight={420}>
      {(data) => <CouponStory coupon={data} onOpen={onOpen} />}
    </Loaded>
  );
}

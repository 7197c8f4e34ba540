"""What a cashier reads when a code that is redeemed by itself does not go. See also `coupons.errors`."""

from shuke.platform.errors import AppError


class CouponNotYet(AppError):
    """Its time has not begun."""

    code = "coupons.not_yet"
    status = 409
    title = {"zh": "券还没到使用时间", "en": "The coupon is not valid yet"}
    detail = {
        "zh": "优惠券 {coupon} 从 {at} 起才能使用。请顾客到时再来。",
        "en": "The coupon {coupon} may be used from {at} on. Ask the customer to come back then.",
    }


class CouponOffered(AppError):
    """Its holder has offered it to somebody else, who has not accepted yet."""

    code = "coupons.offered"
    status = 409
    title = {"zh": "券正在转赠中", "en": "The coupon is being given away"}
    detail = {
        "zh": "优惠券 {coupon} 正在转赠给别人，最晚到 {at} 结束。请持券会员先撤回转赠，或等对方接受后使用新的券码。",
        "en": "The holder of {coupon} is giving it to somebody else, until {at} at the latest. Ask them to withdraw "
        "the offer, or use the new code once it is accepted.",
    }


class WrongStore(AppError):
    """It is for other stores."""

    code = "coupons.wrong_store"
    status = 409
    title = {"zh": "这家门店不能用这张券", "en": "Not for this store"}
    detail = {
        "zh": "优惠券 {coupon} 只能在这些门店使用：{stores}。",
        "en": "The coupon {coupon} may be used in these stores only: {stores}.",
    }


class WrongChannel(AppError):
    """It is for other channels."""

    code = "coupons.wrong_channel"
    status = 409
    title = {"zh": "这个渠道不能用这张券", "en": "Not for this channel"}
    detail = {
        "zh": "优惠券 {coupon} 只能在这些渠道使用：{channels}。",
        "en": "The coupon {coupon} may be used in these channels only: {channels}.",
    }


class WrongWeekday(AppError):
    """It is for other days of the week."""

    code = "coupons.wrong_weekday"
    status = 409
    title = {"zh": "今天不能用这张券", "en": "Not on this day of the week"}
    detail = {
        "zh": "优惠券 {coupon} 只能在{days}使用，今天不能用。",
        "en": "The coupon {coupon} may be used on {days} only, and not today.",
    }


class WrongHour(AppError):
    """It is for other hours of the day."""

    code = "coupons.wrong_hour"
    status = 409
    title = {"zh": "现在不能用这张券", "en": "Not at this hour"}
    detail = {
        "zh": "优惠券 {coupon} 每天只能在 {hours} 使用，现在不在这些时段。",
        "en": "The coupon {coupon} may be used between {hours} only, and not now.",
    }


class BelowThreshold(AppError):
    """Too little is bought."""

    code = "coupons.below_threshold"
    status = 409
    title = {"zh": "消费没有达到使用门槛", "en": "Too little is bought"}
    detail = {
        "zh": "优惠券 {coupon} {why}。请顾客凑单后再用。",
        "en": "The coupon {coupon} does not apply yet: {why}. More has to be bought first.",
    }


class NothingForIt(AppError):
    """None of the goods is one that it is for."""

    code = "coupons.nothing_for_it"
    status = 409
    title = {"zh": "没有可用这张券的商品", "en": "Nothing here is what it is for"}
    detail = {
        "zh": "这些商品都不在优惠券 {coupon} 的适用范围内。请对照券上的使用说明换一件商品。",
        "en": "None of these goods is one that the coupon {coupon} is for. Compare them with its terms.",
    }


class NotForMember(AppError):
    """The member is not among those it is for."""

    code = "coupons.not_for_member"
    status = 409
    title = {"zh": "会员不符合使用条件", "en": "Not for this member"}
    detail = {
        "zh": "优惠券 {coupon} 不能用：{why}。",
        "en": "The coupon {coupon} cannot be used: {why}.",
    }


class WhoIsAsked(AppError):
    """Its terms ask about the member, and nobody said who uses it."""

    code = "coupons.member_needed"
    status = 422
    title = {"zh": "需要会员身份", "en": "The member is needed"}
    detail = {
        "zh": "优惠券 {coupon} 只给符合条件的会员使用。请先出示会员码或输入手机号，再核销。",
        "en": "The coupon {coupon} is for certain members only. Say which member uses it, then redeem it.",
    }


class AmountNeeded(AppError):
    """What it takes off depends on what is bought."""

    code = "coupons.amount_needed"
    status = 422
    title = {"zh": "请输入消费金额", "en": "The amount is needed"}
    detail = {
        "zh": "优惠券 {coupon} 要按消费金额判断。请输入可用这张券的商品金额，再核销。",
        "en": "Whether and what {coupon} takes off depends on the amount. Enter what the goods it is for cost.",
    }


class GoodsNeeded(AppError):
    """What it takes off depends on the pieces."""

    code = "coupons.goods_needed"
    status = 422
    title = {"zh": "请选择商品", "en": "The goods are needed"}
    detail = {
        "zh": "优惠券 {coupon} 要按商品和件数判断。请填写商品、件数和金额，再核销；或在收银时和订单一起使用。",
        "en": "What {coupon} takes off depends on goods and pieces. Name them with their amounts, "
        "or use it with an order.",
    }


class OrderNeeded(AppError):
    """It takes off postage, which only an order has."""

    code = "coupons.order_needed"
    status = 409
    title = {"zh": "请和订单一起使用", "en": "Use it with an order"}
    detail = {
        "zh": "优惠券 {coupon} 减免的是运费，不能单独核销。请在下单时使用。",
        "en": "The coupon {coupon} takes off postage and cannot be redeemed by itself. Use it with an order.",
    }


class StoreNotKnown(AppError):
    """No store has this code."""

    code = "coupons.unknown_store"
    status = 422
    title = {"zh": "没有这家门店", "en": "No such store"}
    detail = {
        "zh": "没有编码为 {store} 的门店。请检查门店编码。",
        "en": "No store has the code {store}. Check it against the list of stores.",
    }


class GoodsNotKnown(AppError):
    """No product has this code."""

    code = "coupons.unknown_product"
    status = 422
    title = {"zh": "没有这个商品", "en": "No such product"}
    detail = {
        "zh": "没有编码为 {product} 的商品。请检查商品编码，或先把商品导入。",
        "en": "No product has the code {product}. Check it, or import the product first.",
    }


class NotRedeemed(AppError):
    """There is no redemption to undo."""

    code = "coupons.not_redeemed"
    status = 409
    title = {"zh": "这张券没有被核销", "en": "The coupon is not redeemed"}
    detail = {
        "zh": "优惠券 {coupon} 现在没有核销记录可以撤销。请重新查询它的状态。",
        "en": "There is no redemption of {coupon} to undo. Look up how it stands now.",
    }


class RedeemedWithOrder(AppError):
    """It was used with an order; a refund gives it back."""

    code = "coupons.redeemed_with_order"
    status = 409
    title = {"zh": "券是随订单使用的", "en": "It was used with an order"}
    detail = {
        "zh": "优惠券 {coupon} 是随订单使用的，不能在这里撤销。请为那笔订单退款，券按规则退回。",
        "en": "The coupon {coupon} was used with an order. Refund the order: its terms say whether it comes back.",
    }


class TooLateToUndo(AppError):
    """A redemption is undone on its own day only."""

    code = "coupons.too_late_to_undo"
    status = 409
    title = {"zh": "已经不能撤销", "en": "Too late to undo"}
    detail = {
        "zh": "优惠券 {coupon} 是 {day} 核销的，只能在当天撤销。需要补偿顾客时，请另发一张券。",
        "en": "The coupon {coupon} was redeemed on {day}, and that can be undone on the same day only. "
        "To make up for it, issue another coupon.",
    }

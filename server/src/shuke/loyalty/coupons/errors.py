"""Refusals that every use of a coupon shares: what a cashier reads when a code does not go."""

from shuke.platform.errors import AppError


class CouponUnknown(AppError):
    """No coupon has this code."""

    code = "coupons.unknown"
    status = 404
    title = {"zh": "没有这张券", "en": "No such coupon"}
    detail = {
        "zh": "没有券码为 {coupon} 的优惠券。请核对券码，或重新扫码。",
        "en": "No coupon has the code {coupon}. Check the code, or scan it again.",
    }


class CodeMistyped(AppError):
    """The check character does not fit: something was read or typed wrong."""

    code = "coupons.mistyped"
    status = 422
    title = {"zh": "券码输错了", "en": "The code is mistyped"}
    detail = {
        "zh": "券码 {coupon} 的校验位不对，有一位输错或看错了。请重新输入或扫码。",
        "en": "The check character of {coupon} does not fit: a character is wrong. Type it again or scan it.",
    }


class CouponUsed(AppError):
    """It was redeemed before."""

    code = "coupons.used"
    status = 409
    title = {"zh": "券已被使用", "en": "The coupon was used"}
    detail = {
        "zh": "优惠券 {coupon} 已于 {at} 使用，不能再用。请从订单中去掉这张券。",
        "en": "The coupon {coupon} was used on {at} and cannot be used again. Take it off the order.",
    }


class CouponOver(AppError):
    """Its time is over."""

    code = "coupons.over"
    status = 409
    title = {"zh": "券已过期", "en": "The coupon has expired"}
    detail = {
        "zh": "优惠券 {coupon} 的有效期到 {at} 为止，已经过期。",
        "en": "The coupon {coupon} was valid until {at} and has expired.",
    }


class CouponVoid(AppError):
    """It was taken away."""

    code = "coupons.void"
    status = 409
    title = {"zh": "券已作废", "en": "The coupon is void"}
    detail = {
        "zh": "优惠券 {coupon} 已作废，不能使用。",
        "en": "The coupon {coupon} is void and cannot be used.",
    }


class CouponGivenAway(AppError):
    """It went to somebody else, or was exchanged: another coupon took its place."""

    code = "coupons.given_away"
    status = 409
    title = {"zh": "券已转出", "en": "The coupon went to somebody else"}
    detail = {
        "zh": "优惠券 {coupon} 已转赠或已兑换到会员名下，请使用新的券码。",
        "en": "The coupon {coupon} was given away or exchanged; another code took its place. Use that one.",
    }


class CouponLocked(AppError):
    """Another cart keeps it."""

    code = "coupons.locked"
    status = 409
    title = {"zh": "券正被占用", "en": "The coupon is in another cart"}
    detail = {
        "zh": "优惠券 {coupon} 已被另一笔未付款的订单锁定，最晚到 {at} 释放。请先取消那笔订单，或稍后再试。",
        "en": "Another unpaid cart keeps the coupon {coupon} until {at} at the latest. Cancel that cart, or wait.",
    }


class CouponOfSomebodyElse(AppError):
    """It belongs to another member."""

    code = "coupons.of_somebody_else"
    status = 409
    title = {"zh": "不是这位会员的券", "en": "Another member's coupon"}
    detail = {
        "zh": "优惠券 {coupon} 属于另一位会员，这位会员不能使用。",
        "en": "The coupon {coupon} belongs to another member; this one cannot use it.",
    }


class CouponChanged(AppError):
    """Somebody used, gave away or voided it in the same moment."""

    code = "coupons.changed"
    status = 409
    title = {"zh": "券的状态刚刚变了", "en": "The coupon changed just now"}
    detail = {
        "zh": "优惠券 {coupon} 刚刚被使用或变更，本次没有处理。请重新查询后再试。",
        "en": "The coupon {coupon} was used or changed in this moment; nothing was done. Look it up and try again.",
    }


class CouponDoesNotApply(AppError):
    """Its terms do not fit what is bought, where, when or by whom. `why`: `reasons.told`."""

    code = "coupons.does_not_apply"
    status = 422
    title = {"zh": "这张券现在不能用", "en": "The coupon does not apply"}
    detail = {
        "zh": "优惠券 {coupon} 不能用于这笔订单：{why}。请从订单中去掉这张券，或调整商品。",
        "en": "The coupon {coupon} cannot be used here: {why}. Take it off the order, or change the cart.",
    }

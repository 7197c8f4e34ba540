"""Refusals of giving coupons away."""

from shuke.platform.errors import AppError


class NotTransferable(AppError):
    """The terms do not allow that it is given away."""

    code = "coupons.not_transferable"
    status = 422
    title = {"zh": "这张券不能转赠", "en": "The coupon cannot be given away"}
    detail = {
        "zh": "优惠券 {coupon} 的使用条款不允许转赠，只能由持券会员本人使用。",
        "en": "The terms of the coupon {coupon} do not allow that it is given away; only its holder can use it.",
    }


class TransferredTooOften(AppError):
    """It has changed hands as often as it may."""

    code = "coupons.transferred_too_often"
    status = 422
    title = {"zh": "转赠次数已用完", "en": "Given away as often as it may be"}
    detail = {
        "zh": "优惠券 {coupon} 最多可转赠 {most} 次，已经用完。请由现在的持券会员使用。",
        "en": "The coupon {coupon} may change hands {most} times at most, and has. Its present holder can use it.",
    }


class TransferUnknown(AppError):
    """No offer with this token or number."""

    code = "coupons.transfer_unknown"
    status = 404
    title = {"zh": "没有这次转赠", "en": "No such offer"}
    detail = {
        "zh": "没有找到这次转赠。请核对转赠链接是否完整，或请赠送人重新转赠。",
        "en": "There is no such offer. Check that the link is complete, or ask the giver to offer it again.",
    }


class TransferOver(AppError):
    """It was accepted, withdrawn, or has run out."""

    code = "coupons.transfer_over"
    status = 409
    title = {"zh": "转赠已结束", "en": "The offer is over"}
    detail = {
        "zh": "这次转赠已被领取、已撤回或已超过领取时间。请联系赠送人，必要时重新转赠。",
        "en": "The offer was accepted, was withdrawn, or has run out. Ask the giver, who may offer it again.",
    }


class TransferToOneself(AppError):
    """Giver and receiver are one person."""

    code = "coupons.transfer_to_oneself"
    status = 422
    title = {"zh": "不能转赠给自己", "en": "Not to oneself"}
    detail = {
        "zh": "赠送人和领取人是同一位会员。请换一位会员领取，或由赠送人撤回转赠。",
        "en": "Giver and receiver are the same member. Let another member accept it, or withdraw the offer.",
    }

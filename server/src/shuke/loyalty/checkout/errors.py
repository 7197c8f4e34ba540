"""Refusals of checkout."""

from shuke.platform.errors import AppError


class RefundOfUnknownOrder(AppError):
    """A refund names an order that this member does not have."""

    code = "checkout.refund_of_unknown"
    status = 409
    title = {"zh": "找不到要退的订单", "en": "The refunded order is not known"}
    detail = {
        "zh": "退单指向的订单 {number} 还没有收到,或不属于该会员。请先上报该订单,再上报退单。",
        "en": "Order {number}, which this refund names, has not arrived or belongs to someone else. "
        "Send the order first, then the refund.",
    }


class RefundExceedsOrder(AppError):
    """A refund takes back more of a product than the order it names has left."""

    code = "checkout.refund_exceeds_order"
    status = 422
    title = {"zh": "退货数量超过订单剩余数量", "en": "The refund exceeds what is left of the order"}
    detail = {
        "zh": "商品 {product} 在订单 {number} 中可退数量不足。请核对退货数量。",
        "en": "Order {number} has less of product {product} left than the refund takes back. Check the quantity.",
    }


class NumberTaken(AppError):
    """The natural key belongs to a document with other content."""

    code = "checkout.number_taken"
    status = 409
    title = {"zh": "单号已被占用", "en": "The number is taken"}
    detail = {
        "zh": "来源 {source} 的单号 {number} 已有内容不同的单据。请换一个单号,或更正内容后重试。",
        "en": "Source {source} already has a document {number} with other content. Use another number or correct it.",
    }


class ProgrammeMissing(AppError):
    """No shop, currency or programme has been set up yet."""

    code = "checkout.programme_missing"
    status = 409
    title = {"zh": "还没有设置店铺和积分方案", "en": "No shop and programme are set up yet"}
    detail = {
        "zh": "请先设置店铺、货币与积分方案,再导入或上报订单。",
        "en": "Set up the shop, its money and a programme first, then import or send orders.",
    }

"""Refusals of checkout."""

from shuke.platform.errors import AppError


class RefundOfUnknownOrder(AppError):
    """A refund names an order that this member does not have."""

    code = "checkout.refund_of_unknown"
    status = 409
    title = {"zh": "找不到要退的订单", "en": "The refunded order is not known"}
    detail = {
        "zh": "退单指向的订单 {number} 还没有收到，或不属于该会员。请先上报该订单，再上报退单。",
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


class EmployeeUnknown(AppError):
    """An employee whom nobody has entered."""

    code = "checkout.employee_unknown"
    title = {"zh": "没有这个导购", "en": "Unknown employee"}
    detail = {
        "zh": "没有编号为 {employee} 的员工。请先在“设置 · 员工”中登记，或去掉订单里的导购。",
        "en": "No employee has the code {employee}. Enter them under Settings, Employees, or leave the employee out.",
    }


class NumberTaken(AppError):
    """The natural key belongs to a document with other content."""

    code = "checkout.number_taken"
    status = 409
    title = {"zh": "单号已被占用", "en": "The number is taken"}
    detail = {
        "zh": "来源 {source} 的单号 {number} 已有内容不同的单据。请换一个单号，或更正内容后重试。",
        "en": "Source {source} already has a document {number} with other content. Use another number or correct it.",
    }


class ProgrammeMissing(AppError):
    """No shop, currency or programme has been set up yet."""

    code = "checkout.programme_missing"
    status = 409
    title = {"zh": "还没有设置店铺和积分方案", "en": "No shop and programme are set up yet"}
    detail = {
        "zh": "请先设置店铺、货币与积分方案，再导入或上报订单。",
        "en": "Set up the shop, its money and a programme first, then import or send orders.",
    }


class DateOutOfRange(AppError):
    """An order lies before 1970 or in the shop's future."""

    code = "checkout.date_out_of_range"
    status = 422
    title = {"zh": "下单时间不对", "en": "The time of the order cannot be right"}
    detail = {
        "zh": "下单时间 {value} 早于 1970 年或晚于店铺当前时间。请核对年份和时区。",
        "en": "{value} lies before 1970 or after the shop's present. Check the year and the time zone.",
    }


class MoneyUnknown(AppError):
    """The order is in other money than the shop's."""

    code = "checkout.money_unknown"
    status = 422
    title = {"zh": "货币不一致", "en": "The money differs"}
    detail = {
        "zh": "订单金额是 {found}，而店铺使用 {shop}。请换算后再上报。",
        "en": "The order is in {found}, but the shop uses {shop}. Convert it first.",
    }


class PriceNeeded(AppError):
    """A line has neither a price nor an amount."""

    code = "checkout.price_needed"
    status = 422
    title = {"zh": "缺少价格", "en": "A price is missing"}
    detail = {
        "zh": "每行都要有单价 unit_price 或金额 amount_minor。",
        "en": "Give every line a unit_price or an amount_minor.",
    }


class MemberNeeded(AppError):
    """A refund names neither its order nor a member."""

    code = "checkout.member_needed"
    status = 422
    title = {"zh": "不知道是谁的退单", "en": "Nobody to refund"}
    detail = {
        "zh": "退单要写明原订单 refund_of 或会员 member。",
        "en": "A refund needs the order it belongs to (refund_of) or the member.",
    }


class AmountTooLarge(AppError):
    """An order or a price beyond anything that is sold."""

    code = "checkout.amount_too_large"
    status = 422
    title = {"zh": "金额过大", "en": "The amount is too large"}
    detail = {
        "zh": "订单金额或单价超出上限。请核对数量、单价和小数位。",
        "en": "The order's amount or a price is beyond the limit. Check quantities, prices and decimal places.",
    }


class RefundAmountDiffers(AppError):
    """A refund that names its order gives back other money than the order line's share."""

    code = "checkout.refund_amount_differs"
    status = 422
    title = {"zh": "退款金额与原订单不符", "en": "The refund's amount differs from the order"}
    detail = {
        "zh": "商品 {product} 按数量应退 {expected}，上报的是 {found}（最小货币单位）。请按原单金额上报。",
        "en": "By quantity, {expected} of product {product} is to be given back, not {found} (minor units). "
        "Send the order's own amount.",
    }

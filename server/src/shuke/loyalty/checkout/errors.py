"""Refusals of checkout."""

from shuke.platform.errors import AppError


class RefundOfUnknownOrder(AppError):
    """A refund names an order that this member does not have."""

    code = "checkout.refund_of_unknown"
    status = 409
    title = {"zh": "要退的订单不是该会员的", "en": "The refunded order is somebody else's"}
    detail = {
        "zh": "退单指向的订单 {number} 不属于该会员。请核对订单号与会员。",
        "en": "Order {number}, which this refund names, belongs to someone else. Check the number and the member.",
    }


class OrderNotHere(AppError):
    """The order that a refund names has not come yet, and the shop lets no refund wait."""

    code = "checkout.order_not_here"
    status = 409
    title = {"zh": "原订单还没有收到", "en": "The refunded order has not arrived"}
    detail = {
        "zh": "退单指向的订单 {number} 还没有收到，而店铺设置为不等待。请先上报该订单，再上报退单。",
        "en": "Order {number}, which this refund names, has not arrived, and the shop lets no refund wait. "
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


class PointsNotTaken(AppError):
    """An order is to be paid with points, and the shop does not take them."""

    code = "checkout.points_not_taken"
    status = 422
    title = {"zh": "未开启积分抵现", "en": "Points are not taken as payment"}
    detail = {
        "zh": "店铺还没有开启积分抵现。请去掉订单里的积分，或先在“忠诚度 · 收银与退款”中开启。",
        "en": "The shop does not take points as payment. Leave them out, or switch this on under Loyalty, "
        "Checkout and refunds.",
    }


class PointsNotInSteps(AppError):
    """Points are used in steps."""

    code = "checkout.points_not_in_steps"
    status = 422
    title = {"zh": "积分数量不是整倍数", "en": "Points are used in steps"}
    detail = {
        "zh": "积分要按 {step} 的整倍数使用，收到的是 {points}。",
        "en": "Points are used in multiples of {step}; this was {points}.",
    }


class TooFewPoints(AppError):
    """Fewer points than the shop takes at once."""

    code = "checkout.too_few_points"
    status = 422
    title = {"zh": "积分少于起用数量", "en": "Too few points"}
    detail = {
        "zh": "每单至少使用 {least} 积分，收到的是 {points}。",
        "en": "An order takes {least} points or more; this was {points}.",
    }


class TooManyPoints(AppError):
    """More points than may pay this order."""

    code = "checkout.too_many_points"
    status = 422
    title = {"zh": "超过本单可用积分", "en": "More points than this order takes"}
    detail = {
        "zh": "本单最多可用 {most} 积分，收到的是 {points}。请减少积分数量。",
        "en": "This order takes {most} points at most; this was {points}. Use fewer.",
    }


class CouponsExceedGoods(AppError):
    """Points and coupons pay more than the goods are worth."""

    code = "checkout.coupons_exceed_goods"
    status = 422
    title = {"zh": "抵扣超过商品金额", "en": "More is paid off than the goods cost"}
    detail = {
        "zh": "积分与券共抵扣 {paid}，而商品金额只有 {goods}（最小货币单位）。请核对金额。",
        "en": "Points and coupons pay {paid} of goods worth {goods} (minor units). Check the amounts.",
    }


class ProductUnknown(AppError):
    """A cart names a product that nobody has entered."""

    code = "checkout.product_unknown"
    status = 422
    title = {"zh": "没有这个商品", "en": "Unknown product"}
    detail = {
        "zh": "商品 {product} 不在商品库里。请核对编码，或先添加该商品。",
        "en": "Product {product} is not in the catalogue. Check the code, or add the product first.",
    }


class CartUnknown(AppError):
    """No cart was set aside under this number."""

    code = "checkout.cart_unknown"
    status = 404
    title = {"zh": "没有这张挂单", "en": "No such cart"}
    detail = {
        "zh": "来源 {source} 没有单号为 {number} 的挂单。",
        "en": "Source {source} has set aside no cart with the number {number}.",
    }


class AlreadyPaid(AppError):
    """What is to be cancelled or set aside has been paid."""

    code = "checkout.already_paid"
    status = 409
    title = {"zh": "订单已付款", "en": "The order has been paid"}
    detail = {
        "zh": "来源 {source} 的订单 {number} 已付款。要撤回请走退款。",
        "en": "Order {number} of {source} has been paid. To take it back, refund it.",
    }


class CartCancelled(AppError):
    """The cart was cancelled before."""

    code = "checkout.cart_cancelled"
    status = 409
    title = {"zh": "挂单已取消", "en": "The cart was cancelled"}
    detail = {
        "zh": "单号 {number} 已取消。请换一个单号重新挂单。",
        "en": "Number {number} was cancelled. Set the cart aside under another number.",
    }


class NothingToRefund(AppError):
    """A refund asks for nothing, or for more than one thing."""

    code = "checkout.nothing_to_refund"
    status = 422
    title = {"zh": "退什么不明确", "en": "What to refund is not clear"}
    detail = {
        "zh": "请在 lines（按行）、amount_minor（按金额）、is_whole（整单）中只给一种。",
        "en": "Give exactly one of lines, amount_minor and is_whole.",
    }


class PoliciesChanged(AppError):
    """Somebody changed the policies since they were read."""

    code = "checkout.policies_changed"
    status = 412
    title = {"zh": "设置刚被别人改过", "en": "The policies were changed meanwhile"}
    detail = {
        "zh": "当前是第 {version} 版，提交时看到的是第 {seen} 版。请刷新后再改。",
        "en": "They are at version {version} now; you saw {seen}. Read them again, then change them.",
    }

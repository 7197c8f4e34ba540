"""What a file says an order was paid with: the parts that points and coupons paid, and what paid the rest."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from shuke.commerce import orders
from shuke.platform.money import minor_amount

from ..errors import CouponsExceedGoods
from ..rules import NO_PAYMENTS, Line, Payments, paying
from .cells import Rejected
from .mapping import Mapping

_ONE = Decimal(1)


def paid(
    mapping: Mapping, rows: Sequence[Any], lines: tuple[Line, ...], money: str
) -> tuple[tuple[Line, ...], Payments]:
    """The lines of an order with their shares of what points and coupons paid, and its payments.

    Raises Rejected where they paid more than the goods.
    """
    columns = mapping.columns
    if not (columns.points_paid or columns.coupon_paid or columns.payment) or rows[0]["kind"] != "sale":
        return lines, NO_PAYMENTS
    points_minor = minor_amount(_ONE, sum((row["points_paid"] for row in rows), Decimal(0)), money)
    coupon_minor = minor_amount(_ONE, sum((row["coupon_paid"] for row in rows), Decimal(0)), money)
    rest = sum(line.amount_minor for line in lines) - points_minor - coupon_minor
    method = next((row["payment"] for row in rows if row["payment"]), "")
    try:
        if points_minor < 0 or coupon_minor < 0:
            raise CouponsExceedGoods(goods=0, paid=0)
        shared = paying.spread(lines, points_minor, coupon_minor)
    except CouponsExceedGoods:
        raise Rejected("order.paid_too_much", number=rows[0]["number"]) from None
    payments = (orders.Payment(method, rest),) if method and rest > 0 else ()
    return shared, Payments(points_minor=points_minor, coupon_minor=coupon_minor, money=payments)

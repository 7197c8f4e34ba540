"""What checkout holds about members: what each order earned, and carts that were set aside."""

from shuke.people import members
from shuke.platform.i18n import LocalName

from .tables import checkout_hold, order_award

PERSONAL_DATA = members.PersonalData(
    key="order_awards",
    label=LocalName("订单所得积分", "Awards of orders"),
    export=members.exporting(order_award),
    kept=LocalName(
        "每笔订单所得（只有会员号）：退单时据此扣回",
        "What each order earned, by member number alone: refunds take back by it",
    ),
)

CARTS = members.PersonalData(
    key="carts",
    label=LocalName("预留的购物车", "Carts set aside"),
    export=members.exporting(checkout_hold),
    kept=LocalName(
        "预留积分的记录（只有会员号）：账本据此可核对",
        "What was set aside, by member number alone: the ledger is checked by it",
    ),
)

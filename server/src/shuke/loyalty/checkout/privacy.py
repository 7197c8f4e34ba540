"""What checkout holds about members: what each order earned."""

from shuke.people import members
from shuke.platform.i18n import LocalName

from .tables import order_award

PERSONAL_DATA = members.PersonalData(
    key="order_awards",
    label=LocalName("订单所得积分", "Awards of orders"),
    export=members.exporting(order_award),
    kept=LocalName(
        "每笔订单所得（只有会员号）：退单时据此扣回",
        "What each order earned, by member number alone: refunds take back by it",
    ),
)

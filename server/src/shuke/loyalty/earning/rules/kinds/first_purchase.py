"""Points for the first order of a member."""

from typing import ClassVar, Literal

from shuke.platform.conditions import FactKey, fact_key
from shuke.platform.i18n import LocalName

from ..case import Case
from ..words import Points, titled
from .base import Given, ValueKind

ORDER_NO = fact_key("order.order_no")


class FirstPurchase(ValueKind):
    """A fixed number of points for the order that is the member's first."""

    LABEL: ClassVar = LocalName("首单奖励", "First purchase")
    kind: Literal["first_purchase"] = "first_purchase"
    points: Points = titled("得积分", "Points")

    @property
    def wants_order(self) -> bool:
        """Only orders are purchases."""
        return True

    @property
    def needs(self) -> frozenset[FactKey]:
        """Which order of the member it is."""
        return frozenset({ORDER_NO})

    def gives(self, case: Case) -> Given | None:
        """The points, for order number one."""
        return Given(self.points, {"order_no": 1}) if case.fact(ORDER_NO) == 1 else None

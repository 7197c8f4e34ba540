"""Points for a certain order of a member, or for every so many orders."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shuke.platform.conditions import FactKey
from shuke.platform.i18n import LocalName

from ..case import Case
from ..words import Points, titled
from .base import Given, ValueKind
from .first_purchase import ORDER_NO


class NthPurchase(ValueKind):
    """A fixed number of points for the member's `number`th order; with `repeats`, for every `number`th."""

    LABEL: ClassVar = LocalName("第 N 单奖励", "Nth purchase")
    kind: Literal["nth_purchase"] = "nth_purchase"
    number: Annotated[int, Field(ge=2, le=10_000)] = titled("第几单", "Which order")
    repeats: bool = titled("每 N 单都送", "Again after as many orders", default=False)
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
        """The points, when it is the order's turn."""
        order_no = case.fact(ORDER_NO)
        if order_no is None:
            return None
        is_it = order_no > 0 and order_no % self.number == 0 if self.repeats else order_no == self.number
        return Given(self.points, {"order_no": order_no}) if is_it else None

"""Points for each piece that was bought."""

from decimal import Decimal
from typing import ClassVar, Literal

from shuke.platform.i18n import LocalName
from shuke.platform.money import Rounding, round_to_int

from ..case import Case
from ..words import ROUNDINGS, Points, titled
from .base import MOST, Given, ValueKind


class PerItem(ValueKind):
    """`points` for each piece of the matching lines; lines that were paid for in full by points or coupons, or were
    given away, do not count.
    """

    LABEL: ClassVar = LocalName("按件数：每件得积分", "By piece: points for each piece bought")
    kind: Literal["per_item"] = "per_item"
    points: Points = titled("每件得积分", "Points for each piece")
    rounding: Rounding = titled("取整方式", "Rounding", choices=ROUNDINGS, default="down")

    @property
    def wants_order(self) -> bool:
        """Only orders have pieces."""
        return True

    @property
    def judges_lines(self) -> bool:
        """Pieces are counted line by line."""
        return True

    def gives(self, case: Case) -> Given:
        """Points for all pieces together, rounded once."""
        pieces = sum((item.quantity for item in case.items if case.eligible_of(item) > 0), start=Decimal(0))
        amount = min(round_to_int(pieces * self.points, self.rounding), MOST)
        return Given(amount, {"pieces": f"{pieces.normalize():f}", "points_per_piece": self.points})

"""Points for each whole amount of what was bought."""

from typing import ClassVar, Literal

from shuke.platform.i18n import LocalName
from shuke.platform.money import Rounding

from ..case import Case
from ..rounding import ratio
from ..words import ROUNDINGS, AmountMinor, Points, titled
from .base import MOST, Given, ValueKind


class PerAmount(ValueKind):
    """`points` for every `per_minor` of net goods value, rounded by name."""

    LABEL: ClassVar = LocalName("按金额：每满一定金额得积分", "By amount: points for each amount spent")
    kind: Literal["per_amount"] = "per_amount"
    points: Points = titled("得积分", "Points")
    per_minor: AmountMinor = titled("每满金额", "For each", control="money")
    rounding: Rounding = titled("取整方式", "Rounding", choices=ROUNDINGS, default="down")

    @property
    def wants_order(self) -> bool:
        """Only orders have an amount."""
        return True

    def worth(self, eligible_minor: int) -> int:
        """What net goods value earns. Nothing is earned on nothing or less."""
        if eligible_minor <= 0:
            return 0
        return min(ratio(eligible_minor * self.points, self.per_minor, self.rounding), MOST)

    def gives(self, case: Case) -> Given:
        """Points for the matching goods together, rounded once."""
        return Given(
            self.worth(case.eligible_minor()),
            {"rate": {"points": self.points, "per_minor": self.per_minor}, "rounding": self.rounding},
        )

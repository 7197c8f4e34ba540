"""Several times the points, for everybody the rule is for."""

from typing import ClassVar, Literal

from shuke.platform.i18n import LocalName

from ..case import Case
from ..factors import Factor, percent_of
from ..words import titled
from .base import MultiplierKind


class Multiplier(MultiplierKind):
    """`factor` times what the other rules give: adds the part beyond the first time."""

    LABEL: ClassVar = LocalName("倍数积分", "Multiplier: several times the points")
    kind: Literal["multiplier"] = "multiplier"
    factor: Factor = titled("倍数", "Factor", gt=1)

    def percent(self, case: Case) -> int:
        """The factor, whatever the case."""
        del case
        return percent_of(self.factor)

"""A fixed number of points."""

from typing import ClassVar, Literal

from shuke.platform.i18n import LocalName

from ..case import Case
from ..words import Points, titled
from .base import Given, ValueKind


class Fixed(ValueKind):
    """The same number of points each time."""

    LABEL: ClassVar = LocalName("固定积分", "Fixed: the same points each time")
    kind: Literal["fixed"] = "fixed"
    points: Points = titled("得积分", "Points")

    def gives(self, case: Case) -> Given:
        """The points, whatever the case is worth."""
        del case  # A rule is not asked for an order on which nothing earns.
        return Given(self.points)

"""More points on the birthday, or in its month."""

from typing import ClassVar, Literal

from shuke.platform.conditions import FactKey, fact_key
from shuke.platform.i18n import LocalName

from ..case import Case
from ..factors import Factor, percent_of
from ..words import titled
from .base import MultiplierKind

BIRTHDAY = {"day": fact_key("member.is_birthday"), "month": fact_key("member.is_birthday_month")}
_ON = {"day": ("生日当天", "On the day"), "month": ("生日当月", "In its month")}


class BirthdayMultiplier(MultiplierKind):
    """`factor` times what the other rules give, on the member's birthday or in its month."""

    LABEL: ClassVar = LocalName("生日倍数", "Multiplier on birthdays")
    kind: Literal["birthday_multiplier"] = "birthday_multiplier"
    factor: Factor = titled("倍数", "Factor", gt=1)
    during: Literal["day", "month"] = titled("时间", "When", choices=_ON, default="month")

    @property
    def needs(self) -> frozenset[FactKey]:
        """Whether it is the birthday, or its month."""
        return frozenset({BIRTHDAY[self.during]})

    def percent(self, case: Case) -> int | None:
        """The factor, when it is the time."""
        return percent_of(self.factor) if case.fact(BIRTHDAY[self.during]) is True else None

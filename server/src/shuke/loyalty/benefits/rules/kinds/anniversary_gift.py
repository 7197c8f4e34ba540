"""入会周年礼: once for every year of membership."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shuke.platform.i18n import LocalName

from ..calendar import LeapDay
from .base import AroundDay, Telling, told_window


class AnniversaryGift(AroundDay):
    """Granted around the day of joining, from a number of years on."""

    label: ClassVar = LocalName("入会周年礼", "Anniversary gift")
    kind: Literal["anniversary_gift"]
    least_years: Annotated[int, Field(ge=1, le=100)] = 1
    leap_day: LeapDay = "february_28"

    def told(self, telling: Telling) -> LocalName:
        """What, and when."""
        gift = self.told_gift(telling)
        when = told_window(self.window, LocalName("入会纪念日", "the day of joining"), "solar")
        since = (
            LocalName("", "")
            if self.least_years == 1
            else LocalName(f"，满 {self.least_years} 年起", f", after {self.least_years} years")
        )
        return LocalName(f"送 {gift.zh}{when.zh}{since.zh}", f"{gift.en}{when.en}{since.en}")

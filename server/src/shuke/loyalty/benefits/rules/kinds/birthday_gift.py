"""生日礼: once for every birthday, solar or lunar."""

from typing import ClassVar, Literal

from shuke.platform.i18n import LocalName

from ..calendar import Calendar, LeapDay
from .base import AroundDay, Telling, told_window


class BirthdayGift(AroundDay):
    """Granted when the window around the birthday opens."""

    label: ClassVar = LocalName("生日礼", "Birthday gift")
    kind: Literal["birthday_gift"]
    calendar: Calendar = "solar"
    leap_day: LeapDay = "february_28"

    def told(self, telling: Telling) -> LocalName:
        """What, and when."""
        gift = self.told_gift(telling)
        when = told_window(self.window, LocalName("生日", "the birthday"), self.calendar)
        return LocalName(f"送 {gift.zh}{when.zh}", f"{gift.en}{when.en}")

"""节日礼: on one date, every year or once, in either calendar."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from shuke.platform.i18n import LocalName

from ..calendar import Calendar
from .base import AroundDay, Telling, told_window

_MONTHS, _LONGEST = 12, 30


class DateGift(AroundDay):
    """Granted around a date to everybody who has the level then."""

    label: ClassVar = LocalName("节日礼", "Gift on a date")
    kind: Literal["date_gift"]
    on: Annotated[str, Field(pattern=r"^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$")] = Field(
        description="MM-DD of every year, or YYYY-MM-DD once; in the lunar calendar MM-DD."
    )
    calendar: Calendar = "solar"

    @model_validator(mode="after")
    def _is_a_day(self) -> "DateGift":
        is_yearly = len(self.on) == len("MM-DD")
        if self.calendar == "lunar":
            month, day = int(self.on[-5:-3]), int(self.on[-2:])
            if not is_yearly or not 1 <= month <= _MONTHS or not 1 <= day <= _LONGEST:
                raise ValueError("a lunar date is MM-DD, such as 08-15")
        else:
            date.fromisoformat(f"2000-{self.on}" if is_yearly else self.on)
        return self

    def told(self, telling: Telling) -> LocalName:
        """What, and when."""
        gift = self.told_gift(telling)
        month, day = int(self.on[-5:-3]), int(self.on[-2:])
        year = f"{self.on[:4]} 年 " if len(self.on) > len("MM-DD") else ""
        on = LocalName(f" {year}{month} 月 {day} 日", self.on)
        when = told_window(self.window, on, self.calendar)
        return LocalName(f"送 {gift.zh}{when.zh}", f"{gift.en}{when.en}")

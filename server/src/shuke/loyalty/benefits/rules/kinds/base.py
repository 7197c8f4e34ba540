"""What kinds of benefits share: gifts, windows, and how they are told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shuke.platform.i18n import LocalName

from ..calendar import Calendar, LeapDay
from ..occasions import Window

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Minor = Annotated[int, Field(ge=0, le=10**12)]
Units = Annotated[int, Field(ge=1, le=100)]
Days = Annotated[int, Field(ge=1, le=3_660)]
WhatRemains = Literal["keep", "revoke"]

# A window that is open for longer is no window around a day.
MOST_BEFORE, MOST_AFTER = 60, 120


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What a sentence needs to know: names of currencies, and how the shop writes money."""

    currencies: Mapping[str, LocalName]
    money: Callable[[int], str]

    def unit(self, currency: str) -> LocalName:
        """The name of a currency, or its code where it is not there any more."""
        return self.currencies.get(currency, LocalName(currency, currency))


class Shape(BaseModel):
    """Written by people, read by programs: unknown fields are refused, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class PointsGift(Shape):
    """An amount of one currency of the ledger, given at once."""

    kind: Literal["points"] = "points"
    currency: Annotated[str, Field(min_length=1, max_length=40)] = "points"
    amount: Annotated[int, Field(ge=1, le=1_000_000_000)]

    def told(self, telling: Telling) -> LocalName:
        """What it is, in words."""
        unit = telling.unit(self.currency)
        return LocalName(f"{self.amount:,} {unit.zh}", f"{self.amount:,} {unit.en}")


class GoodsGift(Shape):
    """Something that is handed over in the shop, unit by unit."""

    kind: Literal["goods"] = "goods"
    text_zh: Words
    text_en: Words

    def told(self, _: Telling) -> LocalName:
        """What it is, in words."""
        return LocalName(self.text_zh, self.text_en)


class CouponGift(Shape):
    """A coupon by its template, given at once by whatever module has coupons."""

    kind: Literal["coupon"] = "coupon"
    template: Code

    def told(self, _: Telling) -> LocalName:
        """What it is, in words."""
        return LocalName(f"优惠券 {self.template}", f"coupon {self.template}")


Gift = Annotated[PointsGift | GoodsGift | CouponGift, Field(discriminator="kind")]
AnyGift = PointsGift | GoodsGift | CouponGift


class RunningBenefit(Shape):
    """What holds for as long as a member has the level, on every day or only around the birthday."""

    label: ClassVar[LocalName]
    only_on: Literal["birthday"] | None = Field(default=None, description="Left out: on every day.")
    calendar: Calendar = "solar"
    leap_day: LeapDay = "february_28"
    days_before: Annotated[int, Field(ge=0, le=MOST_BEFORE)] = 0
    days_after: Annotated[int, Field(ge=0, le=MOST_AFTER)] = 0
    whole_month: bool = False

    @property
    def window(self) -> Window:
        """When it holds around the birthday."""
        return Window(days_before=self.days_before, days_after=self.days_after, whole_month=self.whole_month)

    def when(self) -> LocalName:
        """When it holds, as the end of a sentence."""
        if self.only_on is None:
            return LocalName("", "")
        return told_window(self.window, LocalName("生日", "the birthday"), self.calendar)

    def told(self, telling: Telling) -> LocalName:
        """What it is, in words."""
        raise NotImplementedError


class GiftBenefit(Shape):
    """What is granted once per occasion, and used once per unit."""

    label: ClassVar[LocalName]
    gift: Gift
    units: Units = 1
    valid_days: Days | None = Field(
        default=None, description="Days from the day of granting. Left out: while the occasion lasts."
    )
    on_level_lost: WhatRemains = Field(default="keep", description="What becomes of unused units when the level falls.")

    @model_validator(mode="after")
    def _points_come_at_once(self) -> "GiftBenefit":
        if self.units > 1 and self.gift.kind != "goods":
            raise ValueError("points and coupons are given at once: set their amount, and leave units at 1")
        return self

    def told_gift(self, telling: Telling) -> LocalName:
        """The gift in words, with its number where there is more than one."""
        gift = self.gift.told(telling)
        if self.units == 1:
            return gift
        return LocalName(f"{gift.zh} ×{self.units}", f"{gift.en} ×{self.units}")

    def told(self, telling: Telling) -> LocalName:
        """What it is, in words."""
        raise NotImplementedError


class AroundDay(GiftBenefit):
    """A gift around a day that comes every year."""

    days_before: Annotated[int, Field(ge=0, le=MOST_BEFORE)] = 0
    days_after: Annotated[int, Field(ge=0, le=MOST_AFTER)] = 0
    whole_month: bool = False

    @property
    def window(self) -> Window:
        """When it is granted at the earliest, and until when it can be used."""
        return Window(days_before=self.days_before, days_after=self.days_after, whole_month=self.whole_month)


def told_window(window: Window, day: LocalName, calendar: Calendar) -> LocalName:
    """A window in words: `，生日当天`, ` in the month of the birthday`."""
    zh, en = (f"农历{day.zh}", f"{day.en} (lunar)") if calendar == "lunar" else (day.zh, day.en)
    if window.whole_month:
        return LocalName(f"，{zh}当月", f" in the month of {en}")
    before, after = window.days_before, window.days_after
    if not before and not after:
        return LocalName(f"，{zh}当天", f" on {en}")
    if not after:
        return LocalName(f"，{zh}前 {before} 天起至当天", f" from {before} days before {en}")
    if not before:
        return LocalName(f"，{zh}当天起 {after} 天内", f" until {after} days after {en}")
    return LocalName(f"，{zh}前 {before} 天至后 {after} 天", f" from {before} days before to {after} days after {en}")

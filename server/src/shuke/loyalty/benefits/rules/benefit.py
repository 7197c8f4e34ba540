"""One benefit as it is set up, and what of it does not need the database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.i18n import LocalName

from .kinds import GiftBenefit, OneBenefit

BenefitState = Literal["active", "paused"]
EntitlementState = Literal["open", "used", "expired", "revoked"]


@dataclass(frozen=True, kw_only=True)
class Benefit:
    """`levels` by code; none: every member. `active_from` and `active_until` are days, both included."""

    benefit_id: int
    code: str
    name: LocalName
    description: LocalName
    levels: tuple[str, ...]
    what: OneBenefit
    active_from: date | None
    active_until: date | None
    state: BenefitState
    version: int
    added_at: datetime

    @property
    def kind(self) -> str:
        """Which kind of benefit it is."""
        return self.what.kind

    def holds_on(self, day: date) -> bool:
        """Whether it is on, and the day is within its period."""
        return (
            self.state == "active"
            and (self.active_from is None or self.active_from <= day)
            and (self.active_until is None or day <= self.active_until)
        )

    def is_for(self, level: str | None) -> bool:
        """Whether members of a level have it."""
        return not self.levels or level in self.levels


@dataclass(frozen=True, kw_only=True)
class Running:
    """A benefit that a member has for as long as a level or a date lasts, without being granted anything."""

    code: str
    kind: str
    name: LocalName
    what: OneBenefit


@dataclass(frozen=True, kw_only=True)
class Discount:
    """What a member pays less: `percent_off`, or `amount_minor`. From `least_order_minor` on, at most `most_minor`.

    `products` and `categories` by code; both empty: everything.
    """

    code: str
    name: LocalName
    percent_off: int | None
    amount_minor: int | None
    least_order_minor: int
    most_minor: int | None
    products: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One entitlement to give: to whom, for which occasion, until when (the first instant at which it is over)."""

    member_id: int
    occasion: str
    expires_at: datetime | None


def end_of(what: GiftBenefit, granted_on: date, last: date | None, zone: ZoneInfo) -> datetime | None:
    """The first instant at which a gift is over: some days after it was granted, or after its occasion's last day.

    An occasion that is over already, because nobody worked on its days, lasts through the day of granting.
    """
    if what.valid_days is not None:
        return clock.start_of_day(granted_on + timedelta(days=what.valid_days), zone)
    if last is None:
        return None
    return clock.start_of_day(max(last, granted_on) + timedelta(days=1), zone)


def gift_of(what: GiftBenefit) -> dict[str, Any]:
    """What is promised, as it is kept with an entitlement."""
    return {
        **what.gift.model_dump(),
        "on_level_lost": what.on_level_lost,
        "on_refund": getattr(what, "on_refund", what.on_level_lost),
    }


def may_rise_again(what: Any, last_on: date | None, day: date) -> bool:
    """Whether an upgrade gift may be given on a day, after the last one for the same level."""
    if last_on is None:
        return True
    return clock.add_months(last_on, what.again_after_months) <= day

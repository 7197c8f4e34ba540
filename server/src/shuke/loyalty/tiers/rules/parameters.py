"""What a scheme is made of: the parameters of every known way of keeping levels, as they are stored.

Each is one small choice. `read_parameters` also reads the parameters of the first release, which knew one way only.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

# What is counted. Growth and earned points are what accounts gained; custom: another currency of the ledger.
Metric = Literal["net_spend", "order_count", "visits", "growth", "earned_points", "custom"]
Promote = Literal["immediate", "nightly", "next_period"]
Demote = Literal["never", "one_level", "recompute", "deduct"]
OnRefund = Literal["never", "now", "period_end"]

_Days = Annotated[int, Field(ge=1, le=3_660)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LifetimeWindow(_Shape):
    """Everything ever counts."""

    kind: Literal["lifetime"] = "lifetime"


class CalendarWindow(_Shape):
    """The calendar month, quarter or year in which a day lies."""

    kind: Literal["calendar"] = "calendar"
    unit: Literal["month", "quarter", "year"]


class MembershipYearWindow(_Shape):
    """The year that began on the last anniversary of joining."""

    kind: Literal["membership_year"] = "membership_year"


class TierYearWindow(_Shape):
    """The year that began on the last anniversary of reaching the level."""

    kind: Literal["tier_year"] = "tier_year"


class RollingWindow(_Shape):
    """A number of days that end with the day itself."""

    kind: Literal["rolling"] = "rolling"
    days: _Days


class SinceChangeWindow(_Shape):
    """Everything since the level was last reached, kept or lost: counting begins anew each time."""

    kind: Literal["since_change"] = "since_change"


Window = Annotated[
    LifetimeWindow | CalendarWindow | MembershipYearWindow | TierYearWindow | RollingWindow | SinceChangeWindow,
    Field(discriminator="kind"),
]


class ForeverValidity(_Shape):
    """A level holds until something else ends it."""

    kind: Literal["forever"] = "forever"


class DaysValidity(_Shape):
    """The rest of the day and a number of days more."""

    kind: Literal["days"] = "days"
    days: _Days


class MonthsValidity(_Shape):
    """To the same day some months on, or the last day of a shorter month."""

    kind: Literal["months"] = "months"
    months: Annotated[int, Field(ge=1, le=120)]


class CalendarValidity(_Shape):
    """To the end of a calendar quarter, half or year: of this one, or with `ahead` of the next one.

    A level that is kept holds for one unit more.
    """

    kind: Literal["calendar"] = "calendar"
    unit: Literal["quarter", "half", "year"]
    ahead: Annotated[int, Field(ge=0, le=1)] = 0


class MembershipYearValidity(_Shape):
    """To the day before the next anniversary of joining; with `ahead` to the one after that."""

    kind: Literal["membership_year"] = "membership_year"
    ahead: Annotated[int, Field(ge=0, le=1)] = 0


Validity = Annotated[
    ForeverValidity | DaysValidity | MonthsValidity | CalendarValidity | MembershipYearValidity,
    Field(discriminator="kind"),
]


class KeepCriterion(_Shape):
    """One thing that keeps a level.

    Without metric or window: the scheme's own. Without thresholds: what the levels themselves ask for keeping.
    """

    metric: Metric | None = None
    window: Window | None = None
    # What each level asks, by its code.
    thresholds: Annotated[dict[str, Annotated[int, Field(ge=0)]] | None, Field(max_length=100)] = None


class Keep(_Shape):
    """What keeps a level: all of it, or any of it."""

    join: Literal["and", "or"] = "and"
    criteria: Annotated[tuple[KeepCriterion, ...], Field(min_length=1, max_length=5, strict=False)]


class Parameters(_Shape):
    """Everything that a scheme is told, beside its levels. `money` is the currency in which spending counts."""

    metric: Metric
    window: Window
    promote: Promote = "immediate"
    validity: Validity = ForeverValidity()
    keep: Keep | None = None
    demote: Demote = "recompute"
    grace_days: Annotated[int, Field(ge=0, le=366)] = 0
    on_refund: OnRefund = "period_end"
    money: str
    # Which currency of the ledger `custom` counts.
    custom_currency: Annotated[str, Field(max_length=100)] | None = None


_OLD = frozenset({"window_days", "validity_months"})


def read_parameters(stored: dict[str, Any]) -> Parameters:
    """Parameters from their JSON; those of the first release mean a rolling window and a validity in months."""
    if not _OLD & stored.keys():
        return Parameters.model_validate(stored)
    now = {key: value for key, value in stored.items() if key not in _OLD}
    return Parameters.model_validate(
        {
            **now,
            "window": {"kind": "rolling", "days": stored["window_days"]},
            "validity": {"kind": "months", "months": stored["validity_months"]},
        }
    )

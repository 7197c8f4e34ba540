"""What benefits know of members by keyed hashes, and what one member has without being granted it."""

from collections.abc import Sequence
from datetime import date, datetime

from shuke.foundation import organization
from shuke.loyalty import tiers
from shuke.platform import clock, keys
from shuke.platform.db import Session, raw

from ..rules.benefit import Benefit, Discount, Running
from ..rules.calendar import Calendar, keys_on
from ..rules.kinds import DiscountBenefit, RunningBenefit
from ..rules.occasions import due_days
from .benefits import list_benefits

_KEYS = "select solar, lunar from benefit_member where member_id = $1"
_CELEBRATING = """
    select member_id from benefit_member where solar = any($1::bigint[]) and member_id > $2 order by member_id limit $3
"""


def tokens_of(calendar: Calendar, key: str) -> list[int]:
    """The keyed hashes of a day of the year, by every live index key."""
    index = keys.ring().index
    return [index.token(f"benefit:{calendar}", key, version) for version in index.versions]


async def celebrating(session: Session, day: date, *, after: int, limit: int) -> list[int]:
    """The next members whose birthday by the solar calendar is on a day; of 29 February on the 28th of other years."""
    tokens = [token for key, _ in keys_on(day, "solar", "february_28") for token in tokens_of("solar", key)]
    rows = await (await raw(session)).fetch(_CELEBRATING, tokens, after, limit)
    return [row["member_id"] for row in rows]


async def running_for(session: Session, member_id: int, rank: int, at: datetime) -> list[Running]:
    """What a member of a rank has at an instant, for as long as level and date last."""
    shop = await organization.get_shop(session)
    scheme = await tiers.find_scheme_view(session)
    level = scheme.level(rank) if scheme else None
    day = clock.business_day(at, shop.zone)
    found = await _holding(session, await list_benefits(session), member_id, level.code if level else None, day)
    return [Running(code=one.code, kind=one.kind, name=one.name, what=one.what) for one in found]


async def discounts_for(session: Session, member_id: int, rank: int, at: datetime) -> list[Discount]:
    """The discounts of a member of a rank at an instant, for whoever works out what they pay."""
    return [
        Discount(
            code=one.code,
            name=one.name,
            percent_off=one.what.percent_off,
            amount_minor=one.what.amount_minor,
            least_order_minor=one.what.least_order_minor,
            most_minor=one.what.most_minor,
            products=one.what.products,
            categories=one.what.categories,
        )
        for one in await running_for(session, member_id, rank, at)
        if isinstance(one.what, DiscountBenefit)
    ]


async def _holding(
    session: Session, benefits: Sequence[Benefit], member_id: int, level: str | None, day: date
) -> list[Benefit]:
    candidates = [one for one in benefits if one.holds_on(day) and one.is_for(level)]
    running = [(one, one.what) for one in candidates if isinstance(one.what, RunningBenefit)]
    if any(what.only_on for _, what in running):
        row = await (await raw(session)).fetchrow(_KEYS, member_id)
        solar, lunar = (row["solar"], row["lunar"]) if row else (None, None)
        running = [(one, what) for one, what in running if not what.only_on or _is_due(what, day, solar, lunar)]
    return [one for one, _ in running]


def _is_due(what: RunningBenefit, day: date, solar: int | None, lunar: int | None) -> bool:
    # Of a birthday without a year nobody knows the lunar day: the solar one counts.
    calendar: Calendar = "lunar" if what.calendar == "lunar" and lunar is not None else "solar"
    mine = lunar if calendar == "lunar" else solar
    due = due_days(day, what.window, calendar, what.leap_day, "birthday")
    return mine is not None and any(mine in tokens_of(calendar, one.key) for one in due)

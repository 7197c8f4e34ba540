"""The work of a day: whose birthday, anniversary, date or month it is gets what is due, some members at a time.

Everything is asked of one table by index; a step is one transaction, and what it has granted it does not grant again.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.db import Session, raw

from ..queries.members import tokens_of
from ..rules.benefit import Benefit, Grant, end_of
from ..rules.calendar import Calendar
from ..rules.kinds import AnniversaryGift, BirthdayGift, DateGift, GiftBenefit, MonthlyGift
from ..rules.occasions import Due, due_dates, due_days
from .granting import grant, still_there

CHUNK = 1_000

# Shared by all: members with one of the levels, after the last one seen, who have not been granted the occasion.
_ALL_OF_LEVELS = """
    select m.member_id, $5::text as occasion, 1 as place from benefit_member m
    where m.member_id > $1 and ($2::text[] = '{}' or m.level = any($2))
        and ($3::bigint[] is null or m.member_id = any($3))
        and not exists (
            select from benefit_entitlement e
            where e.member_id = m.member_id and e.benefit_id = $4 and e.occasion = $5
        )
    order by m.member_id limit $6
"""
_BY_SOLAR = """
    select m.member_id, due.occasion, due.place
    from unnest($5::bigint[], $6::text[], $7::int[]) as due (token, occasion, place)
    join benefit_member m on m.solar = due.token
    where m.member_id > $1 and ($2::text[] = '{}' or m.level = any($2))
        and ($3::bigint[] is null or m.member_id = any($3))
        and not exists (
            select from benefit_entitlement e
            where e.member_id = m.member_id and e.benefit_id = $4 and e.occasion = due.occasion
        )
    order by m.member_id limit $8
"""
_BY_LUNAR = _BY_SOLAR.replace("m.solar = due.token", "m.lunar = due.token")
# Of a birthday without a year nobody knows the lunar day: the solar one counts.
_BY_SOLAR_ALONE = _BY_SOLAR.replace("where m.member_id > $1", "where m.lunar is null and m.member_id > $1")
_BY_JOINING = """
    select m.member_id, due.occasion, due.place
    from unnest($5::date[], $6::text[], $7::int[]) as due (joined_on, occasion, place)
    join benefit_member m on m.joined_on = due.joined_on
    where m.member_id > $1 and ($2::text[] = '{}' or m.level = any($2))
        and ($3::bigint[] is null or m.member_id = any($3))
        and not exists (
            select from benefit_entitlement e
            where e.member_id = m.member_id and e.benefit_id = $4 and e.occasion = due.occasion
        )
    order by m.member_id limit $8
"""
_FIRST_YEAR = "select extract(year from min(joined_on))::int from benefit_member"


async def grant_due(
    session: Session,
    benefit: Benefit,
    day: date,
    today: date,
    zone: ZoneInfo,
    *,
    after: int = 0,
    among: Sequence[int] | None = None,
) -> int | None:
    """Grant the next members what a day makes due; the last one looked at, None when nobody is left.

    `among`: only these members. What is granted for a day gone by is usable through today.
    """
    what = benefit.what
    if not isinstance(what, GiftBenefit) or not benefit.holds_on(day):
        return None
    ask = (after, list(benefit.levels), list(among) if among is not None else None, benefit.benefit_id)
    rows, dues = await _find(session, what, day, ask)
    if not rows:
        return None
    there = await still_there(session, [row["member_id"] for row in rows])
    grants = [
        Grant(
            member_id=row["member_id"],
            occasion=row["occasion"],
            expires_at=end_of(what, today, dues[row["place"] - 1].last, zone),
        )
        for row in rows
        if row["member_id"] in there
    ]
    await grant(session, benefit, what, grants)
    last: int = rows[-1]["member_id"]
    return last


async def _find(session: Session, what: GiftBenefit, day: date, ask: tuple[Any, ...]) -> tuple[list[Any], list[Due]]:
    if isinstance(what, BirthdayGift):
        return await _find_birthdays(session, what, day, ask)
    if isinstance(what, AnniversaryGift):
        return await _find_anniversaries(session, what, day, ask)
    if isinstance(what, DateGift):
        return await _find_everybody(session, due_dates(day, what.window, what.calendar, what.on), ask)
    if isinstance(what, MonthlyGift) and day.day == 1:
        last = clock.add_months(day, 1) - timedelta(days=1)
        due = Due(key=f"{day:%m-%d}", occasion=f"month:{day:%Y-%m}", on=day, last=last)
        return await _find_everybody(session, [due], ask)
    return [], []


async def _find_everybody(session: Session, dues: list[Due], ask: tuple[Any, ...]) -> tuple[list[Any], list[Due]]:
    driver = await raw(session)
    # A date has one window that is open on a day.
    rows = await driver.fetch(_ALL_OF_LEVELS, *ask, dues[0].occasion, CHUNK) if dues else []
    return rows, dues


async def _find_birthdays(
    session: Session, what: BirthdayGift, day: date, ask: tuple[Any, ...]
) -> tuple[list[Any], list[Due]]:
    solar = due_days(day, what.window, "solar", what.leap_day, "birthday")
    if what.calendar == "solar":
        return await _by_hash(session, _BY_SOLAR, "solar", solar, ask, first=1), solar
    lunar = due_days(day, what.window, "lunar", what.leap_day, "birthday")
    rows = await _by_hash(session, _BY_LUNAR, "lunar", lunar, ask, first=1)
    rows += await _by_hash(session, _BY_SOLAR_ALONE, "solar", solar, ask, first=len(lunar) + 1)
    # Both were asked for the same number of members: the first of all are complete.
    return sorted(rows, key=lambda row: row["member_id"])[:CHUNK], lunar + solar


async def _by_hash(
    session: Session, statement: str, calendar: Calendar, dues: Sequence[Due], ask: tuple[Any, ...], *, first: int
) -> list[Any]:
    hashed = [
        (token, due.occasion, place) for place, due in enumerate(dues, first) for token in tokens_of(calendar, due.key)
    ]
    if not hashed:
        return []
    tokens, occasions, places = (list(column) for column in zip(*hashed, strict=True))
    found: list[Any] = await (await raw(session)).fetch(statement, *ask, tokens, occasions, places, CHUNK)
    return found


async def _find_anniversaries(
    session: Session, what: AnniversaryGift, day: date, ask: tuple[Any, ...]
) -> tuple[list[Any], list[Due]]:
    driver = await raw(session)
    first_year = await driver.fetchval(_FIRST_YEAR)
    dues = due_days(day, what.window, "solar", what.leap_day, "anniversary")
    wanted = [
        (joined_on, due.occasion, place)
        for place, due in enumerate(dues, 1)
        for year in range(first_year or day.year, due.on.year - what.least_years + 1)
        if (joined_on := _day_of(year, due.key)) is not None
    ]
    if not wanted:
        return [], dues
    days, occasions, places = (list(column) for column in zip(*wanted, strict=True))
    return await driver.fetch(_BY_JOINING, *ask, days, occasions, places, CHUNK), dues


def _day_of(year: int, key: str) -> date | None:
    try:
        return date.fromisoformat(f"{year:04d}-{key}")
    except ValueError:
        return None

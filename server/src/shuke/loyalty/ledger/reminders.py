"""Telling in time that value will end: once for each member, currency, last day and notice.

A run is one local day's. It goes through all members in the order of their ids, some thousands in a transaction, and
each step moves the run's bookmark: what has been told is told, whatever is run twice or dies half-way. Days on which
nothing ran are made up for: what they would have told is told once, with as many days as are left.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shuke.foundation import organization
from shuke.platform import bookmarks, clock, events, jobs
from shuke.platform.db import Database, Session, raw

from .currencies import expiry_of
from .events import BalanceExpiryAnnounced
from .rules import inactive_from

# How many days before its last day value is spoken of.
NOTICES = (30, 7, 1)
_BOOKMARK = "ledger.reminders"
# Ids, not members: the width of a step. A step stays well under a second.
_IDS_AT_A_TIME = 10_000
_A_DAY = timedelta(days=1)

_LOTS = """
    select l.member_id, c.code, l.expires_on, sum(l.remaining - l.held)::bigint as amount
    from ledger_lot l join ledger_currency c using (currency_id)
    where l.member_id > $1 and l.member_id <= $2 and l.state = 'open' and l.remaining > l.held
        and l.expires_on = any($3::date[]) and c.expiry ->> 'kind' <> 'inactivity'
    group by l.member_id, c.code, l.expires_on
    order by l.member_id, c.code, l.expires_on
"""
_IDLE = """
    select a.member_id, c.code, c.expiry, a.active_on, a.available
    from ledger_account a join ledger_currency c using (currency_id)
    where a.member_id > $1 and a.member_id <= $2 and a.available > 0 and a.active_on is not null
        and c.expiry ->> 'kind' = 'inactivity'
    order by a.member_id, c.code
"""


@dataclass(frozen=True, slots=True)
class _Run:
    """The reminders of the local days behind `since` up to `day`; members with ids up to `behind` have been told."""

    day: date
    since: date
    behind: int
    is_done: bool

    def last_days(self, today: date) -> list[date]:
        """The last days that these days speak of, without those that have passed."""
        first = max(self.since + _A_DAY, today - timedelta(days=max(NOTICES)))
        days = [first + timedelta(days=number) for number in range((self.day - first).days + 1)]
        spoken_of = {day + timedelta(days=notice) for day in days for notice in NOTICES}
        return sorted(day for day in spoken_of if day >= today)


async def announce_expiries() -> None:
    """Announce what ends soon, where today's has not been done."""
    await announce(jobs.database())


async def announce(database: Database) -> int:
    """As above, on a database; returns how many announcements were made."""
    count = 0
    while True:
        async with database.transaction() as session:
            made = await _step(session)
        if made is None:
            return count
        count += made


async def _step(session: Session) -> int | None:
    """Some thousands of members; None when nothing is left to do today."""
    shop = await organization.find_shop(session)
    if shop is None:
        return None
    today = clock.business_day(clock.now(), shop.zone)
    run = _run(await bookmarks.lock(session, _BOOKMARK), today)
    if run is None:
        return None
    driver = await raw(session)
    up_to = run.behind + _IDS_AT_A_TIME
    found = await _ending(session, run, up_to, run.last_days(today))
    await events.publish(session, found)
    last_id = await driver.fetchval("select coalesce(max(member_id), 0) from ledger_account")
    is_done = up_to >= last_id
    place = {"day": run.day.isoformat(), "since": run.since.isoformat(), "behind": up_to, "is_done": is_done}
    await bookmarks.move(session, _BOOKMARK, place)
    return len(found)


def _run(place: dict[str, Any], today: date) -> _Run | None:
    """The run that was begun and not finished, or today's; None when today's is done."""
    if not place:
        return _Run(today, today - _A_DAY, 0, is_done=False)
    known = _Run(
        date.fromisoformat(place["day"]), date.fromisoformat(place["since"]), place["behind"], place["is_done"]
    )
    if not known.is_done:
        return known
    return _Run(today, known.day, 0, is_done=False) if known.day < today else None


async def _ending(session: Session, run: _Run, up_to: int, days: list[date]) -> list[BalanceExpiryAnnounced]:
    """What can still be used and ends on one of the days, of the members of a step."""
    driver = await raw(session)
    now = clock.now()
    rows = [
        (row["member_id"], row["code"], row["amount"], row["expires_on"])
        for row in await driver.fetch(_LOTS, run.behind, up_to, days)
    ]
    for row in await driver.fetch(_IDLE, run.behind, up_to):
        last_day = inactive_from(expiry_of(row["expiry"]), row["active_on"])
        if last_day in days:
            rows.append((row["member_id"], row["code"], row["available"], last_day))
    return [
        BalanceExpiryAnnounced(member_id=member_id, occurred_at=now, currency=code, amount=amount, expires_on=last_day)
        for member_id, code, amount, last_day in rows
    ]

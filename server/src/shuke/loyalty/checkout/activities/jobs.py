"""Birthdays: an activity of every member who has one, where some rule rewards it."""

from datetime import date, datetime, timedelta

from shuke.loyalty import benefits
from shuke.people import members
from shuke.platform import clock, jobs
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session

from ..errors import ProgrammeMissing
from ..programme import load_programme
from ..rules import Programme
from . import queries
from .actions import NewActivity, record
from .arriving import OWN_SOURCE
from .handlers import own, rewards

# A night that the worker slept through is made up for.
_DAYS_BACK = 7
# Small enough that one transaction stays well under half a second.
_MEMBERS_AT_A_TIME = 500


async def record_birthdays() -> None:
    """Record today's birthdays, and those of the last days that are missing. It can stop anywhere and run again."""
    await celebrate(jobs.database())


async def celebrate(database: Database) -> int:
    """The same on a database; how many birthdays were recorded."""
    async with database.transaction() as session:
        programme = await _programme(session)
    if programme is None or not rewards(programme, "birthday"):
        return 0
    today = clock.business_day(clock.now(), programme.zone)
    return sum([await _celebrate(database, today - timedelta(days=back)) for back in range(_DAYS_BACK, -1, -1)])


async def _celebrate(database: Database, day: date) -> int:
    after = done = 0
    while True:
        async with database.transaction() as session:
            page = await benefits.celebrating(session, day, after=after, limit=_MEMBERS_AT_A_TIME)
            programme = await _programme(session)
            if not page or programme is None:
                return done
            found = await _new(session, programme, page, day)
            await record(session, programme, found, SYSTEM.name)
        after = page[-1]
        done += len(found)


async def _programme(session: Session) -> Programme | None:
    try:
        return await load_programme(session)
    except ProgrammeMissing:
        return None


async def _new(session: Session, programme: Programme, page: list[int], day: date) -> list[NewActivity]:
    """Those of a page whose birthday of this year is not recorded, and who were members on it."""
    occasion = f":{day.year}"
    keys = {member_id: (OWN_SOURCE, f"birthday:{member_id}{occasion}") for member_id in page}
    known = await queries.find_keys(session, list(keys.values()))
    missing = [member_id for member_id, key in keys.items() if key not in known]
    joined = await members.get_counts(session, missing)
    at: datetime = clock.start_of_day(day, programme.zone)
    there = {
        member_id: at
        for member_id in missing
        if member_id in joined and clock.business_day(joined[member_id].joined_at, programme.zone) <= day
    }
    return await own(session, "birthday", there, occasion=occasion)

"""Verifying the ledger: fast for everything, then exactly where something is wrong."""

import time
from zoneinfo import ZoneInfo

import asyncpg

from shuke.foundation import organization
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

from . import roots
from .exact import check_account
from .fast import Looked, Suspect, look_at_all, look_at_members, prepare
from .findings import Progress, VerificationReport, Wrong
from .loading import currency_ids, load_rows
from .roots import Root

# A value that only tampering leaves behind, such as a day at infinity, cannot even be read.
_UNREADABLE = (ValueError, OverflowError, TypeError)


async def verify_ledger(
    database: Database, *, member_id: int | None = None, since: int | None = None, progress: Progress | None = None
) -> VerificationReport:
    """Recompute the whole ledger, or one member's part, or what moved since a root. Raises RootNotFound.

    Whatever stops it raises: a report is about something that has been looked at. Of the whole ledger, the newest
    root is checked too.
    """
    started = time.monotonic()
    zone = await _zone(database)
    if member_id is not None:
        looked, wrong = await _one_member(database, zone, member_id, progress)
    elif since is not None:
        looked, wrong = await _since(database, zone, since, progress)
    else:
        looked, wrong = await _everything(database, zone, progress)
    return VerificationReport(
        ok=wrong is None,
        accounts=looked.accounts,
        entries=looked.entries,
        wrong=wrong,
        seconds=time.monotonic() - started,
    )


async def _zone(database: Database) -> ZoneInfo:
    async with database.transaction() as session:
        shop = await organization.find_shop(session)
    return shop.zone if shop else ZoneInfo("UTC")


async def _everything(database: Database, zone: ZoneInfo, progress: Progress | None) -> tuple[Looked, Wrong | None]:
    looked = await look_at_all(database, zone, progress)
    if looked.suspects:
        return looked, await _explain(database, zone, looked)
    async with database.transaction() as session:
        root = await roots.find_newest(session)
    return looked, None if root is None else await _compare(database, root)


async def _one_member(
    database: Database, zone: ZoneInfo, member_id: int, progress: Progress | None
) -> tuple[Looked, Wrong | None]:
    looked = await look_at_members(database, zone, [member_id], progress)
    async with database.transaction() as session:
        places = [Suspect(member_id, number, "") for number in await currency_ids(await prepare(session), member_id)]
    for place in places:
        wrong = await find_wrong(database, zone, place)
        if wrong is not None:
            return looked, wrong
    return looked, await _explain(database, zone, looked) if looked.suspects else None


async def _since(
    database: Database, zone: ZoneInfo, root_id: int, progress: Progress | None
) -> tuple[Looked, Wrong | None]:
    async with database.transaction() as session:
        root = await roots.get_root(session, root_id)
    wrong = await _compare(database, root)
    if wrong is not None:
        return Looked(), wrong
    async with database.transaction() as session:
        await prepare(session)
        moved = await roots.compare_with(session, root)
    looked = await look_at_members(database, zone, moved.members, progress)
    return looked, await _explain(database, zone, looked) if looked.suspects else None


async def _compare(database: Database, root: Root) -> Wrong | None:
    async with database.transaction() as session:
        await prepare(session)
        return await roots.check_roots(session, root) or (await roots.compare_with(session, root)).wrong


async def _explain(database: Database, zone: ZoneInfo, looked: Looked) -> Wrong:
    """The first wrong row of the first wrong account."""
    first = min(looked.suspects)
    return await find_wrong(database, zone, first) or _unexplained(first)


async def find_wrong(database: Database, zone: ZoneInfo, place: Suspect) -> Wrong | None:
    """The exact look at one account."""
    async with database.transaction() as session:
        return await look_exactly(await prepare(session), zone, place)


async def look_exactly(driver: asyncpg.Connection, zone: ZoneInfo, place: Suspect) -> Wrong | None:
    """As above, in a transaction of its own. Where two sides of a transfer differ, a side that is wrong in itself."""
    wrong = await _check(driver, zone, place)
    other = wrong.row.get("other_member") if wrong else None
    if isinstance(other, int):
        theirs = await _check(driver, zone, Suspect(other, place.currency_id, ""))
        if theirs is not None and "other_member" not in theirs.row:
            return theirs
    return wrong


async def _check(driver: asyncpg.Connection, zone: ZoneInfo, place: Suspect) -> Wrong | None:
    try:
        return check_account(await load_rows(driver, place.member_id, place.currency_id, zone))
    except _UNREADABLE:
        return _unexplained(place)


def _unexplained(place: Suspect) -> Wrong:
    """What the fast look alone knows."""
    table = f"ledger_{place.place}" if place.place else "ledger_account"
    what = LocalName("这个账户里有一个值无法核对", "A value in this account does not verify")
    return Wrong(table=table, member_id=place.member_id, currency=str(place.currency_id), row={}, what=what)

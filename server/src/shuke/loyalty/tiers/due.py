"""Judging by the clock, many members at once: whose date has come, and what becomes of them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.platform.db import Database, Session, raw

from .actions import lock_standings, save, write_levels
from .measuring import measure
from .rules import Measures, Scheme, Standing, judge_due
from .schemes import find_scheme

# A page is one transaction of well under a second.
_MEMBERS_AT_A_TIME = 2_500

Judge = Callable[[Standing, Scheme, Measures, datetime, ZoneInfo], None]


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page of members that was judged. `last`: the member behind whom the next page begins; None: there is none."""

    last: int | None
    members: int = 0
    promoted: int = 0
    demoted: int = 0


async def members_due(session: Session, until: datetime, after: int, limit: int) -> list[int]:
    """Members, behind `after`, about whose level something comes due by an instant; ascending."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select distinct member_id from member_tier where due_at <= $1 and member_id > $2
        order by member_id limit $3
        """,
        until,
        after,
        limit,
    )
    return [row["member_id"] for row in rows]


def needs_accounts(scheme: Scheme) -> bool:
    """Whether judging what is due takes something from accounts: then their books have to be brought forward, and
    `judge_all_due` is not for them.
    """
    return scheme.parameters.demote == "deduct"


async def judge_all_due(database: Database, until: datetime) -> int:
    """Judge everybody about whose level something came due by an instant; how many that were. It can stop anywhere.

    Two pages at a time: one is judged here while the database is busy with the other.
    """
    async with database.transaction() as session:
        scheme, shop = await find_scheme(session), await organization.find_shop(session)
    if scheme is None or shop is None:
        return 0
    turn = asyncio.Lock()
    behind = 0
    done = 0

    async def judge_pages() -> None:
        nonlocal behind, done
        is_more = True
        while is_more:
            async with database.transaction() as session:
                async with turn:
                    ids = await members_due(session, until, behind, _MEMBERS_AT_A_TIME)
                    behind = ids[-1] if ids else behind
                await judge_members(session, scheme, shop.zone, ids, until, judge_due)
            is_more = bool(ids)
            done += len(ids)

    async with asyncio.TaskGroup() as pages:
        for _ in range(2):
            pages.create_task(judge_pages())
    return done


async def judge_due_page(
    session: Session, scheme: Scheme, zone: ZoneInfo, until: datetime, *, after: int, limit: int
) -> JudgedPage:
    """Judge a page of the members, behind `after`, about whose level something came due by an instant."""
    ids = await members_due(session, until, after, limit)
    return await judge_members(session, scheme, zone, ids, until, judge_due)


async def judge_members(
    session: Session, scheme: Scheme, zone: ZoneInfo, member_ids: list[int], at: datetime, judge: Judge
) -> JudgedPage:
    """Lock the members' standings, judge each, and write down what changed."""
    if not member_ids:
        return JudgedPage(None)
    found = await lock_standings(session, scheme, member_ids)
    standings = [standing for standing in found.values() if standing.rank]
    measures = await measure(session, scheme, standings, at, zone)
    for standing in standings:
        judge(standing, scheme, measures[standing.member_id], at, zone)
    changed = [standing for standing in standings if standing.changes]
    await save(session, scheme, standings)
    await write_levels(session, scheme, changed, zone)
    reasons = [change.reason for standing in changed for change in standing.changes]
    return JudgedPage(member_ids[-1], len(member_ids), reasons.count("promoted"), reasons.count("demoted"))

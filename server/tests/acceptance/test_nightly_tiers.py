"""The night judges members by the set and comes to the same levels as bringing their books forward one by one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from shuke.loyalty import checkout, tiers
from shuke.loyalty.checkout.actions import bring_members_forward
from shuke.loyalty.checkout.testing import a_london_shop, history_file, imported, set_shop_clock
from shuke.platform.db import Database

from .test_live_and_import import CUSTOMERS, rows_of

pytestmark = pytest.mark.anyio
OPENING = datetime(2011, 4, 1, 9, tzinfo=UTC)
LATER = datetime(2012, 3, 1, 9, tzinfo=UTC)


class RolledBack(Exception):
    """Ends a transaction without leaving a trace."""


async def test_a_night_by_the_set_is_a_night_by_the_books(database: Database, tmp_path: Path) -> None:
    set_shop_clock(OPENING)
    async with database.transaction() as session:
        await a_london_shop(session)
    await imported(database, history_file(tmp_path / "some.csv", rows_of(CUSTOMERS)))
    set_shop_clock(LATER)

    with pytest.raises(RolledBack):
        async with database.transaction() as session:
            before = await tiers.digests(session)
            programme = await checkout.load_programme(session)
            due = await tiers.members_due(session, LATER, 0, 1_000)
            await bring_members_forward(session, programme, due, LATER)
            by_the_books = await tiers.digests(session)
            raise RolledBack
    judged = await tiers.judge_all_due(database, LATER)
    async with database.transaction() as session:
        by_the_set = await tiers.digests(session)
        left = await tiers.members_due(session, LATER, 0, 1_000)

    assert (judged, left) == (len(due), [])
    assert by_the_set == by_the_books
    assert len({member for member in before if before[member] != by_the_set[member]}) == len(due) > 1

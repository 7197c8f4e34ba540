"""The whole Online Retail history through the import: every figure that is published or can be computed again."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from shuke.commerce import orders
from shuke.insight import analytics
from shuke.loyalty import checkout
from shuke.main import demo
from shuke.main.modules import MODULES
from shuke.people import members
from shuke.platform import clock, module, shop_clock
from shuke.platform.consumers import run_until_idle
from shuke.platform.db import Database
from shuke.platform.embedded import Urls
from shuke.platform.testing import TestServer

from .recomputation import points_by_customer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]
DAY = date(2011, 12, 11)
# Published with the definition of the segments: recency and frequency in fifths on 11 December 2011.
SEGMENTS = {
    "hibernating": 1071,
    "loyal": 819,
    "champions": 633,
    "at_risk": 593,
    "potential_loyalist": 484,
    "about_to_sleep": 352,
    "need_attention": 187,
    "promising": 94,
    "cannot_lose": 63,
    "new": 42,
}


@pytest.fixture(scope="module")
def history(test_server: TestServer, template_database: str) -> Iterator[tuple[Urls, dict[str, Any]]]:
    """A database with the whole history, imported once for the tests of this file; and the import's report."""
    name = asyncio.run(test_server.clone(template_database))
    urls = test_server.urls(name)
    module.install(MODULES)
    report = asyncio.run(_import(urls))
    yield urls, report
    clock.set_offset(timedelta(0))
    asyncio.run(test_server.drop(name))


async def _import(urls: Urls) -> dict[str, Any]:
    database = Database(urls.app, statement_timeout_s=120)
    run = await demo.prepare(database, DAY)
    await run_until_idle(database)
    await database.close()
    assert run is not None
    return run.report


@pytest.fixture
async def shop(history: tuple[Urls, dict[str, Any]]) -> AsyncIterator[Database]:
    database = Database(history[0].app, statement_timeout_s=120)
    async with database.transaction() as session:
        await shop_clock.load(session)
    yield database
    await database.close()


async def one(database: Database, statement: str) -> Any:
    async with database.transaction() as session:
        return (await session.execute(text(statement))).scalar_one()


async def test_every_invoice_line_and_pound_is_accounted_for(
    shop: Database, history: tuple[Urls, dict[str, Any]]
) -> None:
    report = history[1]

    async with shop.transaction() as session:
        total = await orders.total_amount(session)

    assert (report["lines_read"], report["lines_imported"], report["lines_rejected"]) == (541_909, 541_909, 0)
    assert report["orders"] + report["refunds"] + report["adjustments"] == 25_900
    assert (report["members_new"], report["countries"], report["products_new"]) == (4_372, 38, 4_070)
    assert sum(report["refund_lines"].values()) == 9_288
    assert total == 974_774_793
    assert await one(shop, "select count(*) from sales_order_line") == 541_909
    assert await one(shop, "select count(*) from member") == 4_372


async def test_the_rfm_segments_are_the_published_ones(shop: Database) -> None:
    async with shop.transaction() as session:
        rfm = await analytics.rfm_map(session, DAY, "Europe/London")

    found: Counter[str] = Counter()
    for cell in rfm.cells:
        found[analytics.segment_of(cell.r, cell.f)] += cell.members
    assert rfm.members == 4_338
    assert found == SEGMENTS


async def test_points_of_every_member_equal_an_independent_recomputation(shop: Database) -> None:
    expected = points_by_customer(demo.HISTORY)

    async with shop.transaction() as session:
        rows = await session.execute(
            text("""
                select member_id, coalesce(sum(amount) filter (where e.kind = 'earn'), 0)::bigint,
                       -coalesce(sum(amount) filter (where e.kind = 'take_back'), 0)::bigint
                from ledger_entry e join ledger_currency using (currency_id) where code = 'points' group by member_id
            """)
        )
        found = {row[0]: (row[1], row[2]) for row in rows}
        wanted = sorted(expected)
        ids = await members.resolve(session, [("external", "online-retail", customer) for customer in wanted])

    assert len(ids) == 4_372
    differing = {
        customer: (expected[customer], found.get(ids["external", "online-retail", customer], (0, 0)))
        for customer in wanted
        if expected[customer] != found.get(ids["external", "online-retail", customer], (0, 0))
    }
    assert differing == {}


async def test_every_balance_is_what_its_lots_hold_less_its_debt(shop: Database) -> None:
    wrong_lots = await one(
        shop,
        """
        select count(*) from ledger_account a
        where a.available <> (
            select coalesce(sum(remaining), 0) from ledger_lot l
            where l.member_id = a.member_id and l.currency_id = a.currency_id and l.state = 'open'
        )
        """,
    )
    wrong_entries = await one(
        shop,
        """
        select count(*) from ledger_account a cross join lateral (
            select count(*) as entries, coalesce(sum(amount), 0) as amount from ledger_entry e
            where e.member_id = a.member_id and e.currency_id = a.currency_id
        ) history where a.version <> history.entries or a.available - a.debt <> history.amount
        """,
    )
    wrong_parts = await one(
        shop,
        """
        select count(*) from ledger_lot l
        where l.remaining <> l.amount + (
            select coalesce(sum(amount), 0) from ledger_allocation p
            where p.member_id = l.member_id and p.currency_id = l.currency_id and p.lot_no = l.lot_no
        )
        """,
    )
    beyond_award = await one(shop, "select count(*) from order_award where taken_back > awarded or taken_back < 0")
    past_their_end = await one(
        shop, "select count(*) from ledger_lot where state = 'open' and expires_on < '2011-12-11'"
    )

    assert (wrong_lots, wrong_entries, wrong_parts, beyond_award, past_their_end) == (0, 0, 0, 0, 0)


async def test_the_summary_of_every_member_agrees_with_ledger_and_tiers(shop: Database) -> None:
    differing = await one(
        shop,
        """
        select count(*) from member_summary s
        join ledger_account p on p.member_id = s.member_id and p.currency_id = 1
        join ledger_account g on g.member_id = s.member_id and g.currency_id = 2
        left join member_tier t on t.member_id = s.member_id
        where (s.points_available, s.points_debt, s.growth, s.tier_rank)
            is distinct from (p.available, p.debt, g.available - g.debt, t.rank)
        """,
    )

    assert differing == 0


async def test_the_same_file_again_changes_nothing(shop: Database) -> None:
    mapping = next(one for one in checkout.built_in() if one.code == "online-retail")
    async with shop.transaction() as session:
        before = await checkout.comparison_digest(session)
        run = await checkout.start_import(session, demo.HISTORY, mapping, file_name="again", asked_by="system:0")
    entries = await one(shop, "select count(*) from ledger_entry")

    run = await checkout.run_import(shop, run, demo.HISTORY)

    async with shop.transaction() as session:
        after = await checkout.comparison_digest(session)
    assert (run.report["lines_unchanged"], run.report["lines_imported"]) == (541_909, 0)
    assert (run.report["members_new"], run.report["products_new"]) == (0, 0)
    assert after == before
    assert await one(shop, "select count(*) from ledger_entry") == entries

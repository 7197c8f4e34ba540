"""What honest work leaves behind is found right; whatever is changed behind its back is found, and named."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import asyncpg
import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons import issuing
from shuke.loyalty.coupons.holding import actions, due
from shuke.loyalty.coupons.holding.queries import get_coupon
from shuke.loyalty.coupons.testing import OFF_TEN, a_coupon, a_template, set_clock, take
from shuke.loyalty.coupons.verify import verify_coupons
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock, embedded
from shuke.platform.db import Database, raw
from shuke.platform.testing import TestServer

START = datetime(2026, 3, 1, 20, tzinfo=UTC)
GIVABLE = OFF_TEN | {"transfer": {"is_allowed": True}}
LIMITED = {"stock": 5, "limits": [{"period": "month", "most": 2}], "budgets": [{"counts": "count", "limit": 10}]}


@pytest.fixture
async def busy(database: Database) -> Database:
    """Coupons in every state: given with stock and limits, used, given back, offered, accepted, over, void."""
    set_clock(START)
    async with database.transaction() as session:
        await a_shop(session)
        ada, bo = await enrolled(session, [person(name, external(name)) for name in ("Ada", "Bo")])
        plain, givable = await a_template(session, "plain"), await a_template(session, "givable", GIVABLE)
        await a_template(session, "limited", OFF_TEN, LIMITED)
        wanted = [
            issuing.Wanted(
                member_id=member_id, template="limited", key=f"k{number}", how="staff", actor="system:0", at=START
            )
            for number, member_id in enumerate((ada, ada, bo))
        ]
        assert [one.state for one in await issuing.give(session, wanted)] == ["given"] * 3
        short = [await a_coupon(session, ada, plain, days=1) for _ in range(3)]
        used, back, void = [await a_coupon(session, ada, plain) for _ in range(3)]
        for code in (used, back):
            assert await take(session, "redeemed", code, discount_minor=1_000)
        assert await take(session, "returned", back)
        assert await take(session, "voided", void, reason="sent twice")
        assert await take(session, "locked", short[0], locked_until=START + timedelta(minutes=9), cart_number="c")
        await a_coupon(session, 0, plain)
        given, waiting = [await a_coupon(session, ada, givable) for _ in range(2)]
        offer = await actions.offer(session, await get_coupon(session, given), actor="system:0")
        await actions.accept(session, offer.token, bo, actor="system:0")
        await actions.offer(session, await get_coupon(session, waiting), actor="system:0")
        await (await raw(session)).execute(
            """
            insert into coupon_use (member_id, order_id, coupon_id, holder_id, template_id, terms_version,
                discount_minor, shares, used_at, day)
            select member_id, 77, coupon_id, member_id, template_id, 1, 1000, '{"1": 600, "2": 400}', $2, '2026-03-02'
            from coupon where code = $1
            """,
            await an_order(session, ada, plain),
            clock.now(),
        )
        await (await raw(session)).execute(
            "insert into coupon_budget_room select template_id, 'count', 'month:2026-03-01', 2 from coupon_template "
            "where code = 'plain'"
        )
    set_clock(START + timedelta(days=2))
    await due.release_lapsed(database)
    await due.expire(database)
    return database


async def an_order(session, member_id: int, template_id: int) -> str:
    code = await a_coupon(session, member_id, template_id)
    assert await take(session, "redeemed", code, order_id=77, discount_minor=1_000)
    return code


@pytest.fixture
async def owner(test_server: TestServer, busy: Database, database_urls) -> AsyncIterator[asyncpg.Connection]:
    """A superuser in the database, with triggers and references switched off."""
    name = urlsplit(database_urls.app).path
    connection = await embedded.connect(urlsplit(test_server.superuser_url)._replace(path=name).geturl())
    await connection.execute("set session_replication_role = replica")
    yield connection
    await connection.close()


async def test_what_honest_work_leaves_behind_is_right(busy: Database):
    report = await verify_coupons(busy)

    assert report.wrong == ()
    assert report.checks == 13
    assert report.coupons == 14


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("update coupon set version = version + 1 where state = 'redeemed'", "moves without gaps"),
        ("delete from coupon_move where kind = 'redeemed' and order_id is null", "moves without gaps"),
        ("update coupon set state = 'issued', redeemed_at = null where state = 'redeemed'", "lead to the state"),
        ("update coupon set state = 'issued' where state = 'void'", "lead to the state"),
        ("update coupon_move set kind = 'returned' where kind = 'voided'", "follow one another"),
        ("update coupon_move set coupon_id = 999 where move_no = 1 and coupon_id = 1", "every move is of a coupon"),
        ("update coupon set returned = 2 where returned = 1", "count what their moves tell"),
        ("update coupon set redeemed_at = now() where state = 'issued'", "count what their moves tell"),
        ("delete from coupon_code where coupon_id = 4", "codes and coupons find one another"),
        ("update coupon set code = 'STOLEN' where coupon_id = 4", "codes and coupons find one another"),
        ("delete from coupon_use", "uses and redemptions agree"),
        ("update coupon_use set discount_minor = 900, shares = '{\"1\": 900}'", "uses and redemptions agree"),
        ('update coupon_use set shares = \'{"1": 601, "2": 400}\'', "discounts add up"),
        ("update coupon_use set returned_minor = 1001", "discounts add up"),
        ("update coupon set unit_no = 1 where unit_no = 2", "every unit of stock"),
        ("update coupon_unit set state = 'free' where unit_no = 1", "every unit of stock"),
        ("update coupon_unit set state = 'taken' where unit_no = 5", "every unit of stock"),
        ("delete from coupon_unit where unit_no = 3", "every unit of stock"),
        ("update coupon_claim set coupon_id = 999 where nth = 2", "places under limits"),
        ("update coupon_claim set coupon_id = 4 where nth = 2", "places under limits"),
        ("update coupon_transfer set state = 'expired' where state = 'accepted'", "given away was accepted once"),
        ("update coupon_transfer set new_coupon_id = 4 where state = 'accepted'", "followers follow"),
        ("update coupon_budget_room set used = 1", "budgets count"),
    ],
)
async def test_what_is_changed_behind_its_back_is_found(
    busy: Database, owner: asyncpg.Connection, change: str, check: str
):
    done = await owner.execute(change)
    report = await verify_coupons(busy)

    assert int(done.rpartition(" ")[2]) > 0
    assert any(check in one.check for one in report.wrong), report.wrong

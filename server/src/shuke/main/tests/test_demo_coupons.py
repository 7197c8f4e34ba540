"""The coupons of the demonstration hang together, whatever day it opens on."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from shuke.foundation.organization import NewStore, ensure_stores
from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons.batches.working import work_on
from shuke.loyalty.coupons.verify.runs import verify_coupons
from shuke.loyalty.tiers.testing import four_levels
from shuke.main.demo import coupons
from shuke.main.demo.retail_coupons import GIVEN, PLAN, TEMPLATES
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.db import Database, Session

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
# A state follows from the last move.
WRONG_STATES = """
    select count(*) from coupon c
    join coupon_move m on m.member_id = c.member_id and m.coupon_id = c.coupon_id and m.move_no = c.version
    where c.state <> case m.kind when 'voided' then 'void' when 'returned' then 'issued' else m.kind end
"""
OUT_OF_ORDER = """
    select count(*) from coupon_move m join coupon_move before
    on before.coupon_id = m.coupon_id and before.move_no = m.move_no - 1 where before.at >= m.at
"""


@pytest.fixture
async def demonstration(session: Session):
    await prepared(session)


async def prepared(session: Session) -> None:
    """Thirty members of each level, who came long ago, two stores, and the demonstration's coupons."""
    clock.set_offset(NOW - clock.wall())
    await a_shop(session)
    await four_levels(session)
    await ensure_stores(session, [NewStore(code="1", name="一店"), NewStore(code="2", name="二店")])
    await enrolled(session, [person(f"会员{number}", external(str(number))) for number in range(120)])
    await session.execute(
        text(
            "update member_summary set joined_at = :at, last_order_at = :at, tier_rank = member_id % 4 + 1, "
            "tier_code = (array['bronze', 'silver', 'gold', 'diamond'])[member_id % 4 + 1]"
        ),
        {"at": NOW - timedelta(days=200)},
    )
    await coupons.prepare(session, PLAN)


async def rows(session: Session, statement: str) -> list[tuple]:
    return [tuple(row) for row in await session.execute(text(statement))]


async def test_every_coupon_is_where_its_moves_led_it(session: Session, demonstration):
    assert await rows(session, WRONG_STATES) == [(0,)]
    assert await rows(session, OUT_OF_ORDER) == [(0,)]
    assert await rows(session, "select count(*) from coupon_move where at >= '2026-03-10 09:00+00'") == [(0,)]
    assert await rows(
        session, "select count(*) from coupon where state = 'issued' and expires_at <= '2026-03-10 09:00+00'"
    ) == [(0,)]
    assert await rows(session, "select count(*) from coupon where state = 'redeemed' and redeemed_at is null") == [(0,)]


async def test_there_is_one_of_everything(session: Session, demonstration):
    kinds = await rows(session, "select distinct terms -> 'discount' ->> 'kind' from coupon_terms order by 1")
    states = dict(await rows(session, "select state, count(*) from coupon group by state"))

    assert [kind for (kind,) in kinds] == [
        "amount_off", "fixed_price", "free_shipping", "gift", "nth_item", "percent_off", "steps",
    ]  # fmt: skip
    assert set(states) == {"issued", "redeemed", "expired", "void"}
    # Thirty of each level: whoever is named in a giving has one of it, as far as they reach.
    assert sum(states.values()) == sum(min(one.people, 30 * len(one.tiers)) for one in GIVEN)
    assert dict(await rows(session, "select state, count(*) from coupon_template group by state")) == {
        "published": len(TEMPLATES) - 1,
        "draft": 1,
    }


async def test_their_names_say_that_they_are_made_up(session: Session, demonstration):
    named = await rows(session, "select name_zh, name_en from coupon_template")

    assert [one for one in named if not (one[0].endswith("（演示）") and one[1].endswith("(demo)"))] == []


async def test_the_codes_of_the_batch_are_made_and_everything_verifies(database: Database):
    async with database.transaction() as session:
        await prepared(session)
        ((batch_id,),) = await rows(session, "select batch_id from coupon_batch")

    await work_on(database, batch_id)

    async with database.transaction() as session:
        assert await rows(session, "select wanted, made, state from coupon_batch") == [(200, 200, "done")]
        assert await rows(session, "select count(*) from coupon where member_id = 0") == [(200,)]
    assert (await verify_coupons(database)).wrong == ()

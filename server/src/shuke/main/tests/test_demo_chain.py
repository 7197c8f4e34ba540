"""The chain comes in whole: what was drawn is what the program then knows, and its books agree."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from shuke.loyalty.coupons.verify.runs import verify_coupons
from shuke.main.demo import truth
from shuke.main.demo.chain import preparing
from shuke.main.demo.chain.baskets import goods_minor
from shuke.main.demo.chain.coupon_plan import OF_ORDERS, PLAN
from shuke.main.demo.chain.loading import load
from shuke.main.demo.chain.sales import generate
from shuke.platform import clock
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
COUNT = 200
ZONE = ZoneInfo(truth.TIME_ZONE)


async def one(database: Database, statement: str) -> tuple:
    async with database.transaction() as session:
        return tuple((await session.execute(text(statement))).one())


async def test_what_was_drawn_is_what_the_shop_knows(database: Database):
    people, documents = generate(COUNT)
    sales = [document for document in documents if document.of is None]
    refunds = [document for document in documents if document.of is not None]

    assert await preparing.prepare(database, count=COUNT) is True

    members = "select count(*), count(*) filter (where is_generated) from member where member_id > 0"
    assert await one(database, members) == (len(people), len(people))
    sold = """
        select count(*), sum(gross_minor), sum(coupon_minor), sum(points_used), count(employee_id)
        from sales_order where kind = 'sale'
    """
    assert await one(database, sold) == (
        len(sales),
        sum(goods_minor(sale.lines) for sale in sales),
        sum(sale.coupon_minor for sale in sales),
        sum(sale.points for sale in sales),
        len(sales),
    )
    assert await one(database, "select count(*) from sales_order where kind = 'refund'") == (len(refunds),)
    assert await one(
        database,
        "select (select count(*) from store), (select count(*) from employee), (select count(*) from product)",
    ) == (12, 48, 300)
    # Every coupon that paid a part of an order is one that its member was given before, and the order tells which.
    paid = [sale for sale in sales if sale.coupon_minor]
    assert len(paid) > 50
    used = """
        select count(*), sum(u.discount_minor), count(distinct u.coupon_id), count(distinct u.order_id)
        from coupon_use u join sales_order o using (member_id, order_id) join coupon c on c.coupon_id = u.coupon_id
        where o.coupon_minor = u.discount_minor and c.issued_at < o.placed_at
            and (o.placed_at < c.expires_at or c.version > 2)
    """
    assert await one(database, used) == (
        len(paid), sum(sale.coupon_minor for sale in paid), len(paid), len(paid)
    )  # fmt: skip
    assert await one(database, "select count(*) from coupon_use where returned_minor > 0") > (0,)
    assert await one(
        database, "select count(*) from coupon where state = 'issued' and expires_at <= '2026-11-01 01:00+00'"
    ) == (0,)
    assert (await verify_coupons(database)).wrong == ()
    # It is whole, so there is nothing left to do.
    assert await preparing.prepare(database, count=COUNT) is False
    assert await one(database, "select count(*) from sales_order where kind = 'sale'") == (len(sales),)


async def test_a_chain_that_was_cut_off_is_finished(database: Database):
    async with database.transaction() as session:
        await preparing.set_up(session)
    await load(database, lambda _: None, COUNT // 10)
    before = await one(database, "select count(*), sum(gross_minor) from sales_order")

    # The coupons come last, and are not there: what is there is recorded again, and changes nothing.
    assert await preparing.prepare(database, count=COUNT // 10) is True

    assert await one(database, "select count(*), sum(gross_minor) from sales_order") == before
    assert await one(database, "select count(*) from coupon_template") == (len(PLAN.templates),)
    assert clock.business_day(clock.now(), ZONE) == truth.OPENS_ON


def test_a_coupon_takes_off_what_its_template_promises():
    terms = {one.code: one.terms["discount"] for one in PLAN.templates}
    promised = {
        (10_000, terms["ten-off"]["off_minor"]): "ten-off",
        **{(one["from_minor"], one["off_minor"]): "more-for-more" for one in terms["more-for-more"]["steps"]},
    }

    assert promised == {(least, off): OF_ORDERS[off].template for least, off in truth.COUPONS}

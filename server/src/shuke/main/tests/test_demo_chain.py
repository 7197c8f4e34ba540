"""The chain comes in whole: what was drawn is what the program then knows, and its books agree."""

import pytest
from sqlalchemy import text

from shuke.main.demo.chain import preparing
from shuke.main.demo.chain.baskets import goods_minor
from shuke.main.demo.chain.sales import generate
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
COUNT = 300


async def one(database: Database, statement: str) -> tuple:
    async with database.transaction() as session:
        return tuple((await session.execute(text(statement))).one())


async def test_what_was_drawn_is_what_the_shop_knows(database: Database):
    people, documents = generate(COUNT)
    sales = [document for document in documents if document.of is None]

    assert await preparing.prepare(database, count=COUNT) is True

    assert await one(
        database, "select count(*), count(*) filter (where is_generated) from member where member_id > 0"
    ) == (
        len(people),
        len(people),
    )
    assert await one(database, "select count(*), sum(gross_minor) from sales_order where kind = 'sale'") == (
        len(sales),
        sum(goods_minor(sale.lines) for sale in sales),
    )

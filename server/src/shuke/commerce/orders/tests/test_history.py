"""What persons bought before: folded order by order, loaded for some, and asked of sets, with the same answers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from shuke.commerce import catalog
from shuke.commerce.orders import Purchases, load_purchases
from shuke.commerce.orders.tables import sales_order, sales_order_line
from shuke.commerce.orders.testing import stored
from shuke.foundation.organization.testing import a_shop
from shuke.people import members
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import conditions
from shuke.platform.conditions import FactKey, Moment, fact_key

DAY = date(2026, 3, 10)
NOW = Moment(datetime(2026, 3, 10, 12, tzinfo=UTC), ZoneInfo("UTC"))
KEYS: list[FactKey] = [
    fact_key("history.order_count"),
    fact_key("history.order_count", days=7),
    fact_key("history.spend"),
    fact_key("history.spend", days=7),
    fact_key("history.product_orders", product="A"),
    fact_key("history.product_orders", product="A", days=7),
    fact_key("history.product_quantity", product="A"),
    fact_key("history.category_orders", category="food"),
    fact_key("history.category_quantity", category="food", days=7),
]


def values(bought: Purchases, day: date = DAY) -> list[Any]:
    return [bought.value(key, day) for key in KEYS]


def test_orders_count_once_however_many_lines_they_have_and_only_in_their_days():
    bought = Purchases()
    bought.add(DAY - timedelta(days=7), 1, "A", "food", Decimal(2), 200)
    bought.add(DAY - timedelta(days=6), 2, "A", "food", Decimal(1), 100)
    bought.add(DAY - timedelta(days=6), 2, "A", "food", Decimal("0.5"), 50)
    bought.add(DAY, 3, "B", None, Decimal(1), 30)
    bought.add(DAY + timedelta(days=1), 4, "A", "food", Decimal(1), 1)

    assert values(bought) == [3, 2, 380, 180, 2, 1, Decimal("3.5"), 2, Decimal("1.5")]


def test_goods_that_went_back_were_not_bought():
    bought = Purchases()
    bought.add(DAY, 1, "A", "food", Decimal(2), 200)
    bought.add(DAY, 1, "B", "food", Decimal(1), 50)

    bought.add(DAY, 1, "A", "food", Decimal(-2), -200)

    assert values(bought) == [1, 1, 50, 50, 0, 0, Decimal(0), 1, Decimal(1)]


adds = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.integers(1, 4),
        st.sampled_from(["A", "B"]),
        st.sampled_from(["food", None]),
        st.integers(-2, 3),
        st.integers(-100, 300),
    ),
    max_size=15,
)


@given(adds, st.lists(st.sampled_from(KEYS), unique=True))
def test_purchases_that_know_what_is_asked_answer_as_those_that_keep_everything(made, asked):
    everything, some = Purchases(), Purchases(asked)
    for back, order_id, product, category, quantity, amount in made:
        for bought in (everything, some):
            bought.add(DAY - timedelta(days=back), order_id, product, category, Decimal(quantity), amount)

    assert [some.value(key, DAY) for key in asked] == [everything.value(key, DAY) for key in asked]


async def test_stored_orders_give_the_same_by_python_by_sql_and_after_a_merge(session):
    await a_shop(session)
    first, second, nobody = await enrolled(
        session, [person(None, external("1")), person(None, external("2")), person(None, external("3"))]
    )
    await _order(session, "1", first, 8, ("A", "2", "1.00"))
    await _order(session, "2", first, 1, ("A", "3", "1.00"), ("B", "1", "0.50"), ("POST", "1", "9.99"))
    await _order(session, "3", second, 0, ("A", "1", "1.00"))
    await _order(session, "4", second, -1, ("A", "50", "1.00"))
    await _order(session, "5", second, 2, ("A", "4", "1.00"))
    await session.execute(text("update product set category = 'food' where code = 'A'"))
    # Half of the second order's goods went back, and all of the fifth.
    await _give_back(session, "2", "A", 2, 200)
    await _give_back(session, "5", "A", 4, 400)
    ids = [first, second, nobody]

    loaded = await conditions.load(session, KEYS, ids, NOW)

    assert [[loaded[one][key] for key in KEYS] for one in ids] == [
        [2, 1, 350, 150, 2, 1, Decimal(3), 2, Decimal(1)],
        [1, 1, 100, 100, 1, 1, Decimal(1), 1, Decimal(1)],
        [0, 0, 0, 0, 0, 0, Decimal(0), 0, Decimal(0)],
    ]
    assert await _in_sql(session, loaded) == loaded

    await _merge(session, second, first)
    merged = await conditions.load(session, KEYS, [first], NOW)

    assert [merged[first][key] for key in KEYS] == [3, 2, 450, 250, 3, 2, Decimal(4), 3, Decimal(2)]
    assert await _in_sql(session, merged) == merged
    folded = await load_purchases(session, KEYS, [first], DAY - timedelta(days=1))
    assert [folded[first].value(key, DAY - timedelta(days=1)) for key in KEYS[:3]] == [2, 1, 350]


async def _in_sql(session, loaded: dict[int, dict[FactKey, Any]]) -> dict[int, dict[FactKey, Any]]:
    """What sets find: of each fact, the value that exactly these members have."""
    catalogue = conditions.declared()
    found: dict[int, dict[FactKey, Any]] = {one: {} for one in loaded}
    for key in KEYS:
        for wanted in {values[key] for values in loaded.values()}:
            rule = {"field": key[0], "operator": "=", "value": str(wanted) if isinstance(wanted, Decimal) else wanted}
            tree = {"combinator": "and", "rules": [rule | ({"arguments": dict(key[1])} if key[1] else {})]}
            condition = conditions.read(tree, catalogue, scope="members")
            person_id = catalogue.population
            clause = conditions.where(condition, person_id, catalogue, NOW)
            for one in (await session.execute(select(person_id).where(clause, person_id.in_(loaded)))).scalars():
                found[one][key] = wanted
    return found


async def _order(session, number: str, member_id: int, days_ago: int, *lines: tuple[str, str, str]):
    placed_at = NOW.at - timedelta(days=days_ago)
    return await stored(session, number, lines, member_id=member_id, placed_at=placed_at)


async def _give_back(session, number: str, product: str, quantity: int, amount: int) -> None:
    order, line = sales_order.c, sales_order_line.c
    order_id = await session.scalar(select(order.order_id).where(order.number == number))
    products = await catalog.get_by_code(session, [product])
    await session.execute(
        update(sales_order_line)
        .where(line.order_id == order_id, line.product_id == products[product].product_id)
        .values(refunded_quantity=quantity)
    )
    await session.execute(
        update(sales_order).where(order.order_id == order_id).values(refunded_minor=amount, goods_refunded_minor=amount)
    )


async def _merge(session, absorbed: int, survivor: int) -> None:
    statement = text("update member set merged_into = :survivor where member_id = :absorbed")
    await session.execute(statement, {"survivor": survivor, "absorbed": absorbed})
    assert await members.aliases(session, survivor) == [survivor, absorbed]

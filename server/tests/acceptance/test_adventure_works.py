"""AdventureWorks: sales in three files joined to prices, categories and regions; returns that name nobody."""

import asyncio
import csv
import gzip
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import checkout
from shuke.loyalty.checkout.importing import Given, list_candidates, list_returns, unmatched_csv
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.main.modules import MODULES
from shuke.people import imports, members
from shuke.people.imports.actions import change_settings
from shuke.platform import clock, module
from shuke.platform.db import Database
from shuke.platform.embedded import Urls
from shuke.platform.testing import TestServer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]
FOLDER = Path(__file__).parent / "data" / "adventure_works"
SALES = ["sales_2015", "sales_2016", "sales_2017"]
FURTHER = ["products", "product_subcategories", "product_categories", "territories", "returns"]
TODAY = datetime(2017, 7, 15, 12, tzinfo=UTC)
WINDOW = timedelta(days=30)


def rows_of(name: str) -> list[dict[str, str]]:
    with gzip.open(FOLDER / f"{name}.csv.gz", "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def day_of(value: str) -> date:
    month, day, year = (int(part) for part in value.split("/"))
    return date(year, month, day)


class Sale(NamedTuple):
    number: str
    day: date
    customer: str
    product: str
    territory: str
    quantity: int
    amount: Decimal


def sales() -> list[Sale]:
    """Every line with its amount in whole cents, computed from the files alone."""
    prices = {row["ProductKey"]: Decimal(row["ProductPrice"]) for row in rows_of("products")}
    return [
        Sale(
            row["OrderNumber"],
            day_of(row["OrderDate"]),
            row["CustomerKey"],
            row["ProductKey"],
            row["TerritoryKey"],
            int(row["OrderQuantity"]),
            (int(row["OrderQuantity"]) * prices[row["ProductKey"]]).quantize(Decimal("0.01"), ROUND_HALF_UP),
        )
        for name in SALES
        for row in rows_of(name)
    ]


def possible_orders(returned: dict[str, str], sold: dict[tuple[str, str], list[Sale]]) -> set[str]:
    """The numbers of the orders that a return can be of: same product and territory, in the window, enough of it."""
    day = day_of(returned["ReturnDate"])
    left: Counter[str] = Counter()
    for sale in sold[returned["ProductKey"], returned["TerritoryKey"]]:
        if day - WINDOW <= sale.day <= day:
            left[sale.number] += sale.quantity
    return {number for number, quantity in left.items() if quantity >= int(returned["ReturnQuantity"])}


@pytest.fixture(scope="module")
def shop_with_history(test_server: TestServer, template_database: str) -> Iterator[tuple[Urls, dict[str, Any]]]:
    """A shop in dollars with all files imported at once; and the import's report."""
    name = asyncio.run(test_server.clone(template_database))
    urls = test_server.urls(name)
    module.install(MODULES)
    report = asyncio.run(_import(urls))
    yield urls, report
    clock.set_offset(timedelta(0))
    asyncio.run(test_server.drop(name))


async def _import(urls: Urls) -> dict[str, Any]:
    set_shop_clock(TODAY)
    database = Database(urls.app, statement_timeout_s=120)
    async with database.transaction() as session:
        await a_shop(session, time_zone="America/Los_Angeles", currency="USD")
        await checkout.set_up_programme(session, money="USD")
    report = (await _imported(database)).report
    await database.close()
    return report


async def _imported(database: Database) -> checkout.Run:
    mapping = checkout.find_built_in("adventure-works")
    assert mapping is not None
    given = [Given(FOLDER / f"{name}.csv.gz", f"{name}.csv.gz") for name in [*SALES, *FURTHER]]
    async with database.transaction() as session:
        run = await checkout.start_import(
            session, given[0].path, mapping, file_name=given[0].name, asked_by="system:0", more=given[1:]
        )
    return await checkout.run_import(database, run, given[0].path)


@pytest.fixture
async def shop(shop_with_history: tuple[Urls, dict[str, Any]]) -> AsyncIterator[Database]:
    set_shop_clock(TODAY)
    database = Database(shop_with_history[0].app, statement_timeout_s=120)
    yield database
    await database.close()


async def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    async with database.transaction() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def test_every_line_order_and_cent_is_accounted_for(
    shop: Database, shop_with_history: tuple[Urls, dict[str, Any]]
) -> None:
    report, expected = shop_with_history[1], sales()
    by_year: dict[int, Decimal] = defaultdict(Decimal)
    for sale in expected:
        by_year[sale.day.year] += sale.amount

    found = await rows(
        shop,
        "select extract(year from business_day)::int, sum(gross_minor)::bigint, count(*) from sales_order group by 1",
    )

    assert (report["lines_read"], report["lines_imported"], report["lines_rejected"]) == (56_046, 56_046, 0)
    assert report["orders"] == len({sale.number for sale in expected}) == 25_164
    assert (report["refunds"], report["adjustments"], report["guest_sales"]) == (0, 0, 0)
    assert report["members_new"] == len({sale.customer for sale in expected}) == 17_416
    assert {year: Decimal(minor) / 100 for year, minor, _ in found} == dict(by_year)
    assert sum(orders for _, _, orders in found) == 25_164
    assert await rows(shop, "select count(*) from sales_order_line") == [(56_046,)]


async def test_products_know_their_categories(shop: Database) -> None:
    groups = {row["ProductCategoryKey"]: row["CategoryName"] for row in rows_of("product_categories")}
    inner = {row["ProductSubcategoryKey"]: row["ProductCategoryKey"] for row in rows_of("product_subcategories")}
    bought = {sale.product for sale in sales()}
    expected = {
        row["ProductSKU"]: (row["ProductName"], groups[inner[row["ProductSubcategoryKey"]]])
        for row in rows_of("products")
        if row["ProductKey"] in bought
    }

    found = await rows(shop, "select code, name, category from product")

    assert {code: (name, category) for code, name, category in found} == expected


async def test_points_of_every_customer_are_a_point_for_each_whole_dollar(shop: Database) -> None:
    orders: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for sale in sales():
        orders[sale.customer, sale.number] += sale.amount
    expected: Counter[str] = Counter()
    for (customer, _), amount in orders.items():
        expected[customer] += int(amount.to_integral_value(ROUND_FLOOR))

    earned = dict(
        await rows(
            shop,
            """
            select member_id, sum(amount)::bigint from ledger_entry join ledger_currency using (currency_id)
            where code = 'points' and ledger_entry.kind = 'earn' group by member_id
            """,
        )
    )
    async with shop.transaction() as session:
        ids = await members.resolve(session, [("external", "adventure-works", one) for one in sorted(expected)])

    assert len(ids) == 17_416
    found = {one: earned.get(ids["external", "adventure-works", one], 0) for one in expected}
    assert found == dict(expected)
    assert sum(earned.values()) == sum(expected.values())


async def test_every_return_is_listed_with_its_possible_orders_and_nothing_is_guessed(
    shop: Database, shop_with_history: tuple[Urls, dict[str, Any]]
) -> None:
    report, returned = shop_with_history[1], rows_of("returns")
    sold: dict[tuple[str, str], list[Sale]] = defaultdict(list)
    for sale in sales():
        sold[sale.product, sale.territory].append(sale)

    async with shop.transaction() as session:
        listed = await list_returns(session, state="waiting", import_id=None, behind=None, limit=None)
        candidates = await list_candidates(session, listed, 1_000)
        table = list(csv.reader((await unmatched_csv(session, listed, "en")).decode("utf-8-sig").splitlines()))

    expected = [possible_orders(one, sold) for one in returned]
    assert len(listed) == len(returned) == 1_809
    assert [(one.returned_on, one.quantity) for one in listed] == [
        (day_of(one["ReturnDate"]), int(one["ReturnQuantity"])) for one in returned
    ]
    assert (report["returns_read"], report["returns_new"], report["returns_unchanged"]) == (1_809, 1_809, 0)
    assert report["returns_with_candidates"] == sum(1 for one in expected if one)
    sample = random.Random(1809).sample(range(1_809), 50)
    assert sum(len(expected[place]) for place in sample) > 500
    for place in sample:
        assert {one.number for one in candidates[listed[place].return_id]} == expected[place], returned[place]
    assert len(table) == 1_810
    assert sum(int(row[-2]) for row in table[1:]) == sum(len(one) for one in expected)
    moved = await rows(
        shop,
        "select count(*) filter (where kind <> 'earn' and kind <> 'expire'), count(*) filter (where amount < 0 and "
        "kind <> 'expire') from ledger_entry",
    )
    assert moved == [(0, 0)]
    assert await rows(shop, "select count(*) from sales_order where kind <> 'sale'") == [(0,)]
    assert await rows(shop, "select count(*) from refund_match") == [(0,)]


async def test_the_same_files_again_change_nothing(shop: Database) -> None:
    counted = """
        select (select count(*) from sales_order), (select count(*) from ledger_entry), (select count(*) from member),
               (select count(*) from unmatched_return), (select count(*) from product)
    """
    before = await rows(shop, counted)

    run = await _imported(shop)

    assert (run.report["lines_imported"], run.report["lines_unchanged"]) == (0, 56_046)
    assert (run.report["returns_new"], run.report["returns_unchanged"]) == (0, 1_809)
    assert await rows(shop, counted) == before


async def test_customers_become_the_members_who_bought(shop: Database) -> None:
    path = FOLDER / "customers.csv.gz"
    fields = {"CustomerKey": "external", "LastName": "name", "EmailAddress": "email"}
    async with shop.transaction() as session:
        run = await imports.add_import(session, path, file_name=path.name, asked_by="staff:1", upload_path=str(path))
        columns = list(rows_of("customers")[0])
        run = await change_settings(
            session,
            run.import_id,
            {"fields": [fields.get(one) for one in columns], "source": "adventure-works", "match": ["external"]},
        )
        run = await imports.ask_for(session, run.import_id, "waiting", asked_by="staff:1")
    run = await imports.run_import(shop, run, path)

    assert (run.counts["read"], run.counts["new"], run.counts["updated"]) == (18_148, 18_148 - 17_416, 17_416)
    assert await rows(shop, "select count(*) from member") == [(18_148,)]

"""What the shop owes its members: exact, as of now, by state and by month."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from shuke.loyalty import ledger
from shuke.loyalty.ledger.liability.views import show_liabilities
from shuke.loyalty.ledger.testing import AT, credited, instruct, operation, taken_back, two_currencies
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)


@pytest.fixture
async def two(database, app):
    """Two members; one unit costs three quarters of a minor unit."""
    clock.set_offset(AT - clock.wall())
    async with database.transaction() as session:
        await two_currencies(session)
        await session.execute(text("update ledger_currency set unit_cost_micro = 750000 where code = 'points'"))
        return await enrolled(session, [person("A", external("1")), person("B", external("2"))])


async def give(session, member_id, amount, **terms):
    await instruct(session, member_id, ledger.Credit(amount=amount, terms=ledger.Terms(**terms)))


def units(found):
    return {state: found[state]["units"] for state in ("available", "pending", "held", "outstanding")}


async def test_units_and_costs_are_told_by_state_and_month(client, database, two):
    async with database.transaction() as session:
        await give(session, two[0], 100, expires_on=SEPTEMBER)
        await give(session, two[0], 51, expires_on=OCTOBER)
        await instruct(session, two[0], ledger.SetAside(amount=30))
        await give(session, two[1], 7, expires_on=OCTOBER)
        await give(session, two[1], 40, expires_on=OCTOBER, matures_on="parcel received")
        await instruct(session, two[1], ledger.Credit(amount=9), currency="growth")

    answer = (await client.get("/v1/ledger/liability")).json()

    points, growth = answer["items"]
    assert answer["money"] == "CNY"
    assert units(points) == {"available": 128, "pending": 40, "held": 30, "outstanding": 198}
    assert [(month["month"], units(month)) for month in points["months"]] == [
        ("2026-09", {"available": 70, "pending": 0, "held": 30, "outstanding": 100}),
        ("2026-10", {"available": 58, "pending": 40, "held": 0, "outstanding": 98}),
    ]
    assert points["outstanding"] == {"units": 198, "cost_micro": 148_500_000, "cost_minor": 149}
    assert points["months"][0]["held"] == {"units": 30, "cost_micro": 22_500_000, "cost_minor": 23}
    assert growth["outstanding"] == {"units": 9, "cost_micro": 0, "cost_minor": 0}
    assert [month["month"] for month in growth["months"]] == [None]


async def test_each_lot_counts_at_the_cost_it_was_given_at(client, database, two):
    async with database.transaction() as session:
        await give(session, two[0], 4, expires_on=SEPTEMBER)
        await session.execute(text("update ledger_currency set unit_cost_micro = 1000000 where code = 'points'"))
        await give(session, two[0], 4, expires_on=SEPTEMBER)

    (points,) = (await client.get("/v1/ledger/liability", params={"currency": "points"})).json()["items"]

    assert points["outstanding"] == {"units": 8, "cost_micro": 7_000_000, "cost_minor": 7}


async def test_debt_is_told_apart_and_used_or_ended_value_is_gone(client, database, two):
    async with database.transaction() as session:
        await give(session, two[0], 10, expires_on=SEPTEMBER)
        await instruct(session, two[0], ledger.Spend(amount=10))
        await instruct(session, two[0], ledger.Adjust(amount=-6, reason="counted twice"))
        await give(session, two[1], 5, expires_on=date(2026, 3, 5))
    clock.set_offset(AT + timedelta(days=10) - clock.wall())
    await ledger.do_due(database)

    (points,) = (await client.get("/v1/ledger/liability", params={"currency": "points"})).json()["items"]

    assert (units(points)["outstanding"], points["debt"], points["months"]) == (0, 6, [])


async def test_sums_are_those_of_the_accounts(client, database, two):
    async with database.transaction() as session:
        for number in range(12):
            await credited(session, two[number % 2], 10 + number, operation(f"a{number}"))
            if number % 3 == 0:
                await instruct(session, two[number % 2], ledger.SetAside(amount=3))
        await taken_back(session, two[1], 200, operation("b"))
        sums = "select sum(available), sum(pending), sum(held), sum(debt) from ledger_account where currency_id = 1"
        accounts = (await session.execute(text(sums))).one()

    (points,) = (await client.get("/v1/ledger/liability", params={"currency": "points"})).json()["items"]

    assert (*list(units(points).values())[:3], points["debt"]) == tuple(accounts) == (84, 0, 12, 110)


async def test_what_ends_by_inactivity_ends_with_its_account(database, two):
    async with database.transaction() as own:
        await own.execute(
            text("update ledger_currency set expiry = cast(:policy as jsonb) where code = 'points'"),
            {"policy": '{"kind": "inactivity", "months": 12, "resets": ["spend"]}'},
        )
        await give(own, two[0], 10)
        found = await show_liabilities(own, "points")

    assert [(month.month, month.available.units) for month in found.items[0].months] == [("2027-03", 10)]


async def test_a_liability_beyond_64_bits_is_still_exact(client, database, two):
    async with database.transaction() as session:
        await session.execute(text("update ledger_currency set unit_cost_micro = 1000000007 where code = 'points'"))
        for _ in range(20):
            await give(session, two[0], 10**15, expires_on=SEPTEMBER)

    (points,) = (await client.get("/v1/ledger/liability", params={"currency": "points"})).json()["items"]

    assert points["outstanding"]["cost_micro"] == 20 * 10**15 * 1_000_000_007
    assert points["outstanding"]["cost_minor"] == 20 * 10**15 * 1_000_000_007 // 10**6


async def test_the_spreadsheet_says_the_same(client, database, two):
    async with database.transaction() as session:
        await give(session, two[0], 100, expires_on=SEPTEMBER)
        await instruct(session, two[1], ledger.Adjust(amount=-6, reason="counted twice"))
        await instruct(session, two[1], ledger.Credit(amount=9), currency="growth")

    answer = await client.get("/v1/ledger/liability", params={"format": "csv"})

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="liability-2026-03-01.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[1:] == [
        ["Points", "2026-09", "100", "0", "0", "100", "0.75", "CNY", "75000000"],
        ["Points", "all", "100", "0", "0", "100", "0.75", "CNY", "75000000"],
        ["Points", "owed by members", "", "", "", "-6"],
        ["Growth", "no end", "9", "0", "0", "9", "0.00", "CNY", "0"],
        ["Growth", "all", "9", "0", "0", "9", "0.00", "CNY", "0"],
    ]


async def test_unknown_currencies_and_strangers_are_refused(client, anonymous, two):
    missing = await client.get("/v1/ledger/liability", params={"currency": "stamps"})

    assert (missing.status_code, missing.json()["code"]) == (404, "ledger.currency_not_found")
    assert (await anonymous.get("/v1/ledger/liability")).status_code == 401

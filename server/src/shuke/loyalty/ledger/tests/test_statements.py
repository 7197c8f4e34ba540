"""Statements: days before versions, balances that meet, pages that fit together, files that are safe and whole."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from shuke.commerce.orders.testing import stored
from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import ledger
from shuke.loyalty.ledger.statements.queries import (
    Balances,
    Place,
    get_balances,
    get_snapshot,
    list_lines,
    list_totals,
)
from shuke.loyalty.ledger.testing import AT, credited, expired, instruct, operation, taken_back, two_currencies
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.pages import encode_cursor

DAY = timedelta(days=1)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
async def member_id(session):
    await a_shop(session)
    await two_currencies(session)
    return (await enrolled(session, [person("王小明", external("1"))]))[0]


async def told(session, member_id, first, last):
    snapshot = await get_snapshot(session, member_id, 1)
    lines = await list_lines(session, snapshot, Place.before(first), last, limit=100)
    opening = await get_balances(session, snapshot, Place.before(first))
    return opening, lines, await get_balances(session, snapshot, Place.after(last))


async def test_a_period_opens_with_what_was_before_and_closes_with_what_was_then(session, member_id):
    await credited(session, member_id, 100, operation("a"))
    await credited(session, member_id, 30, operation("b", AT + 5 * DAY))
    await taken_back(session, member_id, 150, operation("c", AT + 6 * DAY, kind="refund"))
    await credited(session, member_id, 50, operation("d", AT + 40 * DAY))

    opening, lines, closing = await told(session, member_id, date(2026, 3, 2), date(2026, 3, 31))

    assert (opening, opening.total) == (Balances(available=100), 100)
    assert [(line.entry.version, line.change) for line in lines] == [
        (2, Balances(available=30)),
        (3, Balances(available=-130, debt=20)),
    ]
    assert (closing, closing.total) == (Balances(debt=20), -20)


async def test_what_came_late_stands_on_its_day_and_the_balances_still_meet(session, member_id):
    """Every boundary of every period is what adding up the entries one by one comes to."""
    for number, (amount, days) in enumerate([(100, 0), (40, 9), (-120, 12), (25, 3), (-10, 5), (60, 9), (-80, 1)]):
        what = operation(f"o{number}", AT + days * DAY)
        if amount > 0:
            await credited(session, member_id, amount, what)
        else:
            await taken_back(session, member_id, -amount, what)
    snapshot = await get_snapshot(session, member_id, 1)
    everything = await list_lines(session, snapshot, Place.before(date(2026, 1, 1)), date(2026, 12, 31), limit=100)

    places = [(line.entry.business_day.day, line.entry.version) for line in everything]
    assert places == [(1, 1), (2, 7), (4, 4), (6, 5), (10, 2), (10, 6), (13, 3)]
    for number in range(20):
        day = date(2026, 2, 25) + number * DAY
        by_hand = sum((line.change for line in everything if line.entry.business_day <= day), Balances())
        assert await get_balances(session, snapshot, Place.after(day)) == by_hand
    for place, line in enumerate(everything):
        behind = Place(line.entry.business_day, line.entry.version)
        by_hand = sum((before.change for before in everything[: place + 1]), Balances())
        assert await get_balances(session, snapshot, behind) == by_hand
        assert line.change.total == line.entry.amount
    account = (
        await session.execute(text("select available, pending, held, debt from ledger_account where currency_id = 1"))
    ).one()
    assert await get_balances(session, snapshot, Place.after(date(2026, 12, 31))) == Balances(*account)


async def test_totals_by_kind_are_the_way_from_opening_to_closing(session, member_id):
    await credited(session, member_id, 100, operation("a"))
    await credited(session, member_id, 30, operation("b", AT + DAY))
    await taken_back(session, member_id, 50, operation("c", AT + 2 * DAY))
    await expired(session, member_id, datetime(2026, 10, 1, tzinfo=UTC))
    snapshot = await get_snapshot(session, member_id, 1)

    totals = await list_totals(session, snapshot, date(2026, 3, 2), date(2026, 12, 31))

    assert [(one.kind, one.entries, one.added, one.taken) for one in totals] == [
        ("earn", 1, 30, 0),
        ("expire", 1, 0, 80),
        ("take_back", 1, 0, 50),
    ]


async def test_an_account_without_entries_has_an_empty_statement(session, member_id):
    opening, lines, closing = await told(session, member_id, *MARCH)

    assert (opening, lines, closing) == (Balances(), [], Balances())


@pytest.fixture
async def shown(database, app):
    """A member of the composed app with an order, small credits that came backwards, a gift and a hold."""
    clock.set_offset(AT + 10 * DAY - clock.wall())
    async with database.transaction() as session:
        await two_currencies(session)
        (member_id,) = await enrolled(session, [person("王小明", external("1"))])
        order = await stored(session, "=536365", member_id=member_id)
        await credited(session, member_id, 100, operation("a", origin_kind="order", origin_id=order.order_id))
        for number in range(5):
            await credited(session, member_id, 1, operation(f"o{number}", AT + (5 - number) * DAY))
        await instruct(session, member_id, ledger.Spend(amount=5, reason='<b>"gift"</b>'))
        await instruct(session, member_id, ledger.SetAside(amount=20))
    return member_id


def path(member_id, **more):
    query = {"currency": "points", "from": "2026-03-01", "to": "2199-12-31"} | more
    return {"url": f"/v1/ledger/members/{member_id}/statement", "params": query}


async def test_pages_go_on_where_they_ended_and_look_at_one_version(client, database, shown):
    first = (await client.get(**path(shown, limit=3))).json()
    async with database.transaction() as session:
        await credited(session, shown, 7_000, operation("late", AT + 2 * DAY))
    second = (await client.get(**path(shown, limit=3, cursor=first["next"]))).json()
    third = (await client.get(**path(shown, limit=3, cursor=second["next"]))).json()
    anew = (await client.get(**path(shown, limit=200))).json()

    items = [*first["items"], *second["items"], *third["items"]]
    assert [item["version"] for item in items] == [1, 6, 5, 4, 3, 2, 7, 8]
    assert [item["balance"]["total"] for item in items] == [100, 101, 102, 103, 104, 105, 100, 100]
    assert [item["balance"]["held"] for item in items] == [0, 0, 0, 0, 0, 0, 0, 20]
    assert third["next"] is None
    for page in (first, second, third):
        assert page["version"] == 8
        assert page["opening"] == {"available": 0, "pending": 0, "held": 0, "debt": 0, "total": 0}
        assert page["closing"] == {"available": 80, "pending": 0, "held": 20, "debt": 0, "total": 100}
    assert [item["version"] for item in anew["items"]] == [1, 6, 5, 9, 4, 3, 2, 7, 8]
    assert anew["closing"]["total"] == 7_100


async def test_the_answer_says_whose_account_it_is_and_why_each_line_is_there(client, shown):
    found = (await client.get(**path(shown))).json()

    assert (found["member"]["id"], found["member"]["name"]) == (shown, "王*明")
    assert (found["currency"]["code"], found["from"], found["to"]) == ("points", "2026-03-01", "2199-12-31")
    assert found["items"][0]["order"]["number"] == "=536365"
    assert [item["why"] for item in found["items"][-2:]] == [
        '5 points used; reason: <b>"gift"</b>.',
        "20 points set aside.",
    ]
    assert found["totals"] == [
        {"kind": "earn", "entries": 6, "added": 105, "taken": 0},
        {"kind": "hold", "entries": 1, "added": 0, "taken": 0},
        {"kind": "spend", "entries": 1, "added": 0, "taken": 5},
    ]


async def test_the_spreadsheet_has_every_entry_between_opening_and_closing_and_no_formula(client, shown, monkeypatch):
    monkeypatch.setattr("shuke.loyalty.ledger.statements.views._AT_A_TIME", 3)
    answer = await client.get(**path(shown, format="csv", limit=1, **{"from": "2026-03-02"}))

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].endswith('-points-2026-03-02-2199-12-31.csv"')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0][:9] == ["day", "no.", "kind", "change", "balance", "available", "pending", "held", "debt"]
    assert rows[1] == ["2026-03-02", "", "opening", "", "100", "100", "0", "0", "0"]
    assert [(row[1], row[3], row[4]) for row in rows[2:-1]] == [
        ("6", "1", "101"),
        ("5", "1", "102"),
        ("4", "1", "103"),
        ("3", "1", "104"),
        ("2", "1", "105"),
        ("7", "-5", "100"),
        ("8", "0", "100"),
    ]
    assert rows[-1] == ["2199-12-31", "", "closing", "", "100", "80", "0", "20", "0"]

    whole = (await client.get(**path(shown, format="csv"))).content.decode()
    assert "'=536365" in whole
    assert not [line for line in csv.reader(io.StringIO(whole)) for cell in line if cell.startswith("=")]


async def test_the_page_is_printable_and_shows_what_people_wrote_as_text(client, shown):
    answer = await client.get(**path(shown, format="html"), headers={"Accept-Language": "zh-CN"})

    page = answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="zh-CN">' in page
    assert "<h1>测试店</h1>" in page
    assert "@page{size:A4" in page
    assert "&lt;b&gt;&quot;gift&quot;&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "<script" not in page
    assert page.count('<tr><td class="d">2026-03-') == 8
    assert page.endswith("</html>\n")


async def test_a_period_without_entries_says_so(client, shown):
    page = (await client.get(**path(shown, format="html", **{"from": "2020-01-01", "to": "2020-01-31"}))).text

    assert "Nothing happened in this period." in page


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"from": "2026-04-01", "to": "2026-03-01"}, 422, "ledger.bad_period"),
        ({"from": "0001-01-01"}, 422, "ledger.bad_period"),
        ({"to": "9999-12-31"}, 422, "ledger.bad_period"),
        ({"from": "yesterday"}, 422, "request.invalid"),
        ({"format": "pdf"}, 422, "request.invalid"),
        ({"currency": "stamps"}, 404, "ledger.currency_not_found"),
        ({"cursor": "x"}, 422, "pages.bad_cursor"),
        ({"cursor": encode_cursor("statement", [1, "2026-99-01", 1])}, 422, "pages.bad_cursor"),
        ({"cursor": encode_cursor("statement", [-1, "2026-03-01", 1])}, 422, "pages.bad_cursor"),
        ({"cursor": encode_cursor("statement", [1, "2026-03-01", 2**63])}, 422, "pages.bad_cursor"),
        ({"cursor": encode_cursor("-version", [1, 2, 3])}, 422, "pages.bad_cursor"),
    ],
)
async def test_nonsense_is_refused_with_its_code(client, shown, query, status, code):
    answer = await client.get(**path(shown, **query))

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_version_from_the_future_is_the_newest_one(client, shown):
    cursor = encode_cursor("statement", [2**63 - 1, "2026-02-01", 1])

    found = (await client.get(**path(shown, cursor=cursor))).json()

    assert (found["version"], len(found["items"])) == (8, 8)


async def test_only_those_who_may_see_points_see_statements(viewer, anonymous, client, shown):
    assert (await viewer.get(**path(shown))).status_code == 200
    for wanted in ("json", "csv", "html"):
        assert (await anonymous.get(**path(shown, format=wanted))).status_code == 401
    missing = await client.get(**path(987_654))
    assert (missing.status_code, missing.json()["code"]) == (404, "members.not_found")

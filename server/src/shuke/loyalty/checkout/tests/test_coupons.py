"""Coupons on orders: quoted, locked, used up once, spread over the lines, and settled by refunds."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.loyalty.coupons.testing import a_coupon, a_template
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
END = datetime(2026, 3, 31, 16, tzinfo=UTC)
MEMBER = {"phone": "15400000001"}
PAYING = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}
FIFTY = {"discount": {"kind": "amount_off", "off_minor": 5_000}, "threshold": {"least": 20_000}}
LINES = [
    {"product": "A1", "quantity": "2", "unit_price": "100", "category": "tea"},
    {"product": "B1", "quantity": "1", "unit_price": "100", "category": "cups"},
]
Json = dict[str, Any]


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop that takes points, with one member who has bought before."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    assert (await client.put("/v1/checkout/policies", json=PAYING)).status_code == 200
    await post(client, "orders", order("0", coupons=[]), 201)
    return client


def order(number: str, **changes: Any) -> Json:
    return {
        "source": "till-7",
        "number": number,
        "placed_at": "2026-03-02T11:00:00+08:00",
        "member": MEMBER,
        "lines": LINES,
        **changes,
    }


def cart(**changes: Any) -> Json:
    return {"source": "till-7", "member": MEMBER, "lines": LINES, **changes}


def refund(number: str, of: str, **changes: Any) -> Json:
    return {
        "source": "till-7",
        "number": number,
        "refund_of": of,
        "placed_at": "2026-03-02T11:30:00+08:00",
        **changes,
    }


async def post(client: httpx.AsyncClient, path: str, body: Json, status: int) -> Json:
    answer = await client.post(f"/v1/{path}", json=body)
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


async def give(
    database: Database,
    code: str,
    terms: Json,
    *,
    issuing: Json | None = None,
    member_id: int | None = None,
    expires_at: datetime | None = END,
) -> None:
    """A template of these terms with one coupon of the same code, the member's unless somebody else is named."""
    async with database.transaction() as session:
        template_id = await a_template(session, code.lower(), terms, issuing)
        if member_id is None:
            (member_id,) = await enrolled(session, [person(None, phone())])
        await a_coupon(
            session,
            member_id,
            template_id,
            code=code,
            at=NOW,
            valid_from=NOW.replace(day=1),
            expires_at=expires_at,
        )


async def coupon_states(database: Database) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        rows = await session.execute(text("select code, state from coupon order by coupon_id"))
        return [(row.code, row.state) for row in rows]


async def everything(database: Database) -> list[Any]:
    """All that an order with coupons can move."""
    async with database.transaction() as session:
        found = await session.execute(
            text(
                "select (select array_agg(e order by e) from (select member_id, version, amount from ledger_entry) e)"
                "::text, (select count(*) from sales_order), (select count(*) from order_number),"
                " (select array_agg(c order by c) from (select coupon_id, state, version, cart_number from coupon) c)"
                "::text, (select count(*) from coupon_move), (select count(*) from coupon_use),"
                " (select sum(used) from coupon_budget_room)"
            )
        )
        return [tuple(row) for row in found]


async def test_a_quotation_takes_the_best_and_an_order_uses_it_up_once(till: httpx.AsyncClient, database: Database):
    await give(database, "FIFTY", FIFTY)
    await give(database, "TENTH", {"discount": {"kind": "percent_off", "percent": 10}})
    before = await everything(database)
    quote = await post(till, "checkout/quote", cart(), 200)
    assert [(one["code"], one["discount_minor"]) for one in quote["coupons"]] == [("FIFTY", 5_000)]
    assert [(one["code"], one["why"]) for one in quote["unused_coupons"]] == [("TENTH", "group")]
    assert quote["payable_minor"] == 25_000
    assert [(line["amount_minor"], line["coupon_minor"]) for line in quote["lines"]] == [
        (20_000, 3_333),
        (10_000, 1_667),
    ]
    assert await everything(database) == before

    paid = await post(till, "orders", order("1", coupons=["fif-ty"]), 201)
    assert paid["coupons"] == [{"code": "FIFTY", "discount_minor": 5_000}]
    assert paid["points"]["earned"] == 250
    assert await coupon_states(database) == [("FIFTY", "redeemed"), ("TENTH", "issued")]
    after = await everything(database)
    again = await post(till, "orders", order("1", coupons=["FIFTY"]), 200)
    assert again == {**paid, "state": "unchanged"}
    assert await everything(database) == after
    other = await post(till, "orders", order("2", coupons=["FIFTY"]), 409)
    assert other["code"] == "coupons.used"
    assert await everything(database) == after
    assert (await ledger.verify_ledger(database)).ok


async def test_one_coupon_and_five_orders_at_once(till: httpx.AsyncClient, database: Database):
    await give(database, "ONE", {"discount": {"kind": "amount_off", "off_minor": 90_000}})
    answers = await asyncio.gather(
        *(till.post("/v1/orders", json=order(f"n{number}", coupons=["ONE"])) for number in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
        "coupons.used",
        "coupons.changed",
    }
    async with database.transaction() as session:
        rows = await session.execute(text("select gross_minor, coupon_minor from sales_order where number like 'n%'"))
        assert [tuple(row) for row in rows] == [(30_000, 30_000)]
        assert await session.scalar(text("select count(*) from coupon_use")) == 1


async def test_a_cart_keeps_its_coupon_until_it_is_paid_cancelled_or_late(till: httpx.AsyncClient, database: Database):
    await give(database, "FIFTY", FIFTY)
    held = await post(till, "checkout/hold", {"number": "c1", "cart": cart(coupons="best")}, 200)
    assert (held["coupons"], held["coupon_minor"], held["payable_minor"]) == (["FIFTY"], 5_000, 25_000)
    assert await post(till, "checkout/hold", {"number": "c1", "cart": cart(coupons="best")}, 200) == held
    assert (await post(till, "orders", order("c2", coupons=["FIFTY"]), 409))["code"] == "coupons.locked"
    assert (await post(till, "checkout/hold", {"number": "c3", "cart": cart(coupons=["FIFTY"])}, 409))["code"] == (
        "coupons.locked"
    )
    await post(till, "checkout/cancel", {"source": "till-7", "number": "c1"}, 200)
    assert await coupon_states(database) == [("FIFTY", "issued")]
    await post(till, "checkout/hold", {"number": "c4", "cart": cart(coupons=["FIFTY"])}, 200)
    await post(till, "orders", order("c4", coupons=["FIFTY"]), 201)
    assert await coupon_states(database) == [("FIFTY", "redeemed")]


async def test_a_lock_that_is_over_binds_nobody(till: httpx.AsyncClient, database: Database):
    await give(database, "FIFTY", FIFTY)
    await post(till, "checkout/hold", {"number": "c1", "minutes": 5, "cart": cart(coupons=["FIFTY"])}, 200)
    set_shop_clock(NOW.replace(minute=6))
    later = "2026-03-02T12:06:00+08:00"
    await post(till, "orders", order("c2", coupons=["FIFTY"], placed_at=later), 201)
    late = await post(till, "checkout/commit", order("c1", coupons=["FIFTY"], placed_at=later), 409)
    assert late["code"] == "coupons.used"


async def test_each_line_gives_back_its_own_share(till: httpx.AsyncClient, database: Database):
    await give(
        database,
        "CUPS",
        {"discount": {"kind": "amount_off", "off_minor": 4_000}, "scope": {"categories": ["cups"]}},
    )
    paid = await post(till, "orders", order("1", coupons=["CUPS"]), 201)
    assert paid["points"]["earned"] == 260
    tea = await post(till, "checkout/refund", refund("r1", "1", lines=[{"product": "A1", "quantity": "1"}]), 201)
    assert (tea["amount_minor"], tea["money_minor"], tea["coupons_returned"]) == (10_000, 10_000, [])
    assert tea["points"]["taken_back"] == 100
    cups = await post(till, "checkout/refund", refund("r2", "1", lines=[{"product": "B1", "quantity": "1"}]), 201)
    # All that the coupon was used for is back, though the order is not.
    assert (cups["amount_minor"], cups["money_minor"], cups["coupons_returned"]) == (10_000, 6_000, ["CUPS"])
    assert cups["points"]["taken_back"] == 60
    again = await post(till, "checkout/refund", refund("r2", "1", lines=[{"product": "B1", "quantity": "1"}]), 200)
    assert again == {**cups, "state": "unchanged"}
    assert await coupon_states(database) == [("CUPS", "issued")]
    await post(till, "orders", order("2", coupons=["CUPS"]), 201)
    assert await coupon_states(database) == [("CUPS", "redeemed")]
    assert (await ledger.verify_ledger(database)).ok


@pytest.mark.parametrize(
    ("on_refund", "after_part", "after_whole"),
    [
        ({}, "redeemed", "issued"),
        ({"whole": "lost"}, "redeemed", "redeemed"),
        ({"part": "give_back"}, "issued", "issued"),
        ({"part": "lost"}, "redeemed", "redeemed"),
    ],
)
async def test_refunds_settle_by_the_terms(
    till: httpx.AsyncClient, database: Database, on_refund: Json, after_part: str, after_whole: str
):
    await give(
        database,
        "FIFTY",
        {**FIFTY, "on_refund": on_refund},
        issuing={"budgets": [{"counts": "discount", "limit": 100_000}, {"counts": "count", "limit": 9}]},
    )
    await post(till, "orders", order("1", coupons=["FIFTY"]), 201)
    part = await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 2, "quantity": "1"}]), 201)
    assert part["money_minor"] == 10_000 - 1_667
    assert await coupon_states(database) == [("FIFTY", after_part)]
    rest = await post(till, "checkout/refund", refund("r2", "1", is_whole=True), 201)
    assert rest["money_minor"] == 20_000 - 3_333
    assert await coupon_states(database) == [("FIFTY", after_whole)]
    async with database.transaction() as session:
        rooms = (await session.execute(text("select counts, used from coupon_budget_room order by counts"))).all()
        returned = await session.scalar(text("select returned_minor from coupon_use"))
    assert returned == 5_000
    assert [tuple(row) for row in rooms] == [("count", 0 if after_whole == "issued" else 1), ("discount", 0)]


async def test_a_coupon_that_is_over_comes_back_with_grace(till: httpx.AsyncClient, database: Database):
    end = datetime(2026, 3, 2, 16, tzinfo=UTC)
    terms = {**FIFTY, "on_refund": {"whole": "give_back", "grace_days": 3}}
    await give(database, "FIFTY", terms, expires_at=end)
    await give(database, "OTHER", FIFTY, expires_at=end)
    await post(till, "orders", order("1", coupons=["FIFTY"]), 201)
    await post(till, "orders", order("2", coupons=["OTHER"]), 201)
    set_shop_clock(datetime(2026, 3, 5, 4, tzinfo=UTC))
    at = "2026-03-05T12:00:00+08:00"
    assert (await post(till, "checkout/refund", refund("r1", "1", is_whole=True, placed_at=at), 201))[
        "coupons_returned"
    ] == ["FIFTY"]
    assert (await post(till, "checkout/refund", refund("r2", "2", is_whole=True, placed_at=at), 201))[
        "coupons_returned"
    ] == []
    async with database.transaction() as session:
        rows = await session.execute(text("select code, state, expires_at from coupon order by coupon_id"))
        assert [tuple(row) for row in rows] == [
            ("FIFTY", "issued", datetime(2026, 3, 8, 16, tzinfo=UTC)),
            ("OTHER", "redeemed", end),
        ]


async def test_postage_for_nothing_earns_and_counts_nothing(till: httpx.AsyncClient, database: Database):
    await give(database, "SHIP", {"discount": {"kind": "free_shipping"}})
    lines = [*LINES, {"product": "POST", "quantity": "1", "unit_price": "12", "is_goods": False}]
    paid = await post(till, "orders", order("1", coupons=["SHIP"], lines=lines), 201)
    assert paid["coupons"] == [{"code": "SHIP", "discount_minor": 1_200}]
    assert paid["points"]["earned"] == 300
    async with database.transaction() as session:
        row = await session.execute(text("select coupon_minor, counts_minor from sales_order where number = '1'"))
        assert tuple(row.one()) == (1_200, 30_000)
    back = await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 201)
    assert (back["amount_minor"], back["money_minor"], back["coupons_returned"]) == (31_200, 30_000, ["SHIP"])


async def test_points_pay_what_coupons_leave(till: httpx.AsyncClient, database: Database):
    await give(database, "MOST", {"discount": {"kind": "amount_off", "off_minor": 29_900}})
    quote = await post(till, "checkout/quote", cart(points="most"), 200)
    assert (quote["coupon_minor"], quote["points"]["used"], quote["payable_minor"]) == (29_900, 100, 0)
    paid = await post(till, "orders", order("1", coupons=["MOST"], points=100), 201)
    assert (paid["points"]["used"], paid["points"]["earned"]) == (100, 0)
    refused = await post(till, "orders", order("2", points=30_000), 422)
    assert refused["code"] == "ledger.not_enough"
    back = await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 201)
    assert (back["money_minor"], back["points"]["returned"], back["coupons_returned"]) == (0, 100, ["MOST"])
    assert (await ledger.verify_ledger(database)).ok


async def test_guests_use_codes_that_are_nobodys(till: httpx.AsyncClient, database: Database):
    await give(database, "PAPER", FIFTY, member_id=0)
    paid = await post(till, "orders", order("1", coupons=["PAPER"], member=None), 201)
    assert paid["coupons"] == [{"code": "PAPER", "discount_minor": 5_000}]
    back = await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 201)
    assert (back["money_minor"], back["coupons_returned"]) == (25_000, ["PAPER"])


@pytest.mark.parametrize(
    ("terms", "changes", "status", "code"),
    [
        (FIFTY, {"coupons": ["NOPE"]}, 404, "coupons.unknown"),
        (FIFTY, {"coupons": ["2345678923456789"]}, 422, "coupons.mistyped"),
        (FIFTY, {"lines": LINES[1:]}, 422, "coupons.does_not_apply"),
        ({**FIFTY, "scope": {"stores": ["s9"]}}, {"store": "s1"}, 422, "coupons.does_not_apply"),
        ({**FIFTY, "validity": {"weekdays": [6, 7]}}, {}, 422, "coupons.does_not_apply"),
        (FIFTY, {"placed_at": "2026-02-01T00:00:00+08:00"}, 422, "coupons.does_not_apply"),
        (FIFTY, {"member": {"phone": "15400000002"}}, 409, "coupons.of_somebody_else"),
        (FIFTY, {"member": None}, 409, "coupons.of_somebody_else"),
    ],
)
async def test_what_does_not_go_is_refused_and_nothing_is_written(
    till: httpx.AsyncClient, database: Database, terms: Json, changes: Json, status: int, code: str
):
    await give(database, "FIFTY", terms)
    before = await everything(database)
    refused = await post(till, "orders", order("1", **{"coupons": ["FIFTY"], **changes}), status)
    assert refused["code"] == code
    assert await everything(database) == before


async def test_a_budget_that_is_used_up_refuses_the_order_and_drops_out_of_quotations(
    till: httpx.AsyncClient, database: Database
):
    await give(database, "FIFTY", FIFTY, issuing={"budgets": [{"counts": "discount", "limit": 4_999}]})
    before = await everything(database)
    quote = await post(till, "checkout/quote", cart(), 200)
    assert (quote["coupons"], [one["why"] for one in quote["unused_coupons"]]) == ([], ["budget"])
    refused = await post(till, "orders", order("1", coupons=["FIFTY"]), 409)
    assert refused["code"] == "coupons.budget_used_up"
    assert await everything(database) == before


async def test_in_a_batch_two_orders_do_not_share_a_coupon(till: httpx.AsyncClient, database: Database):
    await give(database, "FIFTY", FIFTY)
    batch = {"orders": [order("1", coupons=["FIFTY"]), order("2", coupons=["FIFTY"])]}
    results = (await post(till, "orders/batch", batch, 200))["results"]
    assert [one["status"] for one in results] == ["created", "refused"]
    assert results[1]["error"]["code"] == "coupons.used"

"""Tills: quotations, points as payment, carts that are set aside, refunds in every shape and order of arrival."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
MEMBER = {"phone": "15400000001"}
PAYING = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}


def order(number: str = "1", **changes: Any) -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": number,
        "placed_at": "2026-03-01T12:00:00+08:00",
        "member": MEMBER,
        "lines": [
            {"product": "A1", "quantity": "2", "unit_price": "100"},
            {"product": "B1", "quantity": "1", "unit_price": "50"},
        ],
        **changes,
    }


def refund(number: str, of: str, **changes: Any) -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": number,
        "refund_of": of,
        "placed_at": "2026-03-01T15:00:00+08:00",
        **changes,
    }


def cart(**changes: Any) -> dict[str, Any]:
    return {"source": "till-7", "member": MEMBER, "lines": order()["lines"], **changes}


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop that takes points: a hundred for a yuan."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    assert (await client.put("/v1/checkout/policies", json=PAYING)).status_code == 200
    return client


async def post(client: httpx.AsyncClient, path: str, body: dict[str, Any], status: int) -> dict[str, Any]:
    answer = await client.post(f"/v1/{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def verified(database: Database) -> None:
    """Every account and the whole chain are right."""
    report = await ledger.verify_ledger(database)
    assert report.ok, report


async def state(database: Database) -> list[Any]:
    """Everything that documents can move."""
    async with database.transaction() as session:
        found = await session.execute(
            text(
                "select (select array_agg(e order by e) from (select member_id, version, amount, available_after"
                " from ledger_entry) e)::text, (select count(*) from sales_order), (select count(*) from order_number),"
                " (select count(*) from waiting_refund),"
                " (select array_agg(l.refunded_quantity::text || l.reduced_minor) from sales_order_line l)"
            )
        )
        return [tuple(row) for row in found]


async def test_a_quote_tells_what_the_same_order_then_does_and_writes_nothing(
    till: httpx.AsyncClient, database: Database
) -> None:
    await post(till, "orders", order("0"), 201)
    before = await state(database)

    quoted = await post(till, "checkout/quote", cart(points=100), 200)

    assert await state(database) == before
    assert (quoted["gross_minor"], quoted["payable_minor"]) == (25_000, 24_900)
    assert quoted["points"] == {
        "is_on": True,
        "available": 250,
        "most": 250,
        "step": 1,
        "least": 0,
        "used": 100,
        "worth_minor": 100,
    }
    # What points paid earns nothing.
    assert {one["currency"]: one["amount"] for one in quoted["earned"]} == {"points": 249, "growth": 249}
    paid = await post(till, "checkout/commit", order("1", points=100), 201)
    assert paid["points"] == {"earned": 249, "taken_back": 0, "used": 100, "returned": 0, "balance": 399, "debt": 0}
    assert quoted["tier_after"] == paid["tier"]


async def test_most_points_pay_as_much_as_there_is(till: httpx.AsyncClient) -> None:
    await post(till, "orders", order("0"), 201)

    quoted = await post(till, "checkout/quote", cart(points="most"), 200)

    assert (quoted["points"]["used"], quoted["payable_minor"]) == (250, 24_750)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"lines": [{"product": "NEVER", "quantity": "1", "unit_price": "1"}]}, 422, "checkout.product_unknown"),
        ({"lines": [{"product": "A1", "quantity": "-1", "unit_price": "1"}]}, 422, "request.invalid"),
        ({"currency": "USD"}, 422, "checkout.money_unknown"),
        ({"points": 251}, 422, "ledger.not_enough"),
        ({"points": 25_001}, 422, "checkout.too_many_points"),
        ({"coupon_minor": 25_001}, 422, "checkout.coupons_exceed_goods"),
        ({"member": {"phone": "15400000009"}}, 404, "members.not_found"),
        ({"member": None, "points": 1}, 422, "checkout.member_needed"),
    ],
)
async def test_a_cart_that_cannot_be_is_refused_and_nothing_is_written(
    till: httpx.AsyncClient, database: Database, change: dict[str, Any], status: int, code: str
) -> None:
    await post(till, "orders", order("0"), 201)
    before = await state(database)

    for path, body in (("quote", cart(**change)), ("hold", {"number": "9", "cart": cart(**change)})):
        answer = await till.post(f"/v1/checkout/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    assert await state(database) == before


async def test_16_a_member_chooses_the_number_of_points_within_the_shops_policy(till: httpx.AsyncClient) -> None:
    await post(till, "orders", order("0", lines=[{"product": "A1", "quantity": "1", "unit_price": "100000"}]), 201)
    policy = {**PAYING["points_payment"], "step": 10, "least": 50, "most_percent": 50}
    await till.put("/v1/checkout/policies", json={"points_payment": policy})

    codes = []
    for points in (45, 40, 12_510):
        answer = await till.post("/v1/checkout/commit", json=order("1", points=points))
        codes.append(answer.json()["code"])
    most = await post(till, "checkout/commit", order("1", points=12_500), 201)

    assert codes == ["checkout.points_not_in_steps", "checkout.too_few_points", "checkout.too_many_points"]
    assert most["points"]["used"] == 12_500


@pytest.mark.parametrize(("may_pay_all", "status"), [(True, 201), (False, 422)])
async def test_16_an_order_for_nothing_but_points_is_the_shops_choice(
    till: httpx.AsyncClient, may_pay_all: bool, status: int
) -> None:
    await post(till, "orders", order("0", lines=[{"product": "A1", "quantity": "1", "unit_price": "100000"}]), 201)
    policy = {**PAYING["points_payment"], "may_pay_all": may_pay_all}
    await till.put("/v1/checkout/policies", json={"points_payment": policy})

    answer = await till.post("/v1/checkout/commit", json=order("1", points=25_000))

    assert answer.status_code == status
    if status == 201:
        assert answer.json()["points"]["earned"] == 0


async def test_held_points_pay_their_order_and_nothing_else(till: httpx.AsyncClient, database: Database) -> None:
    await post(till, "orders", order("0"), 201)

    held = await post(till, "checkout/hold", {"number": "1", "cart": cart(points=200)}, 200)
    again = await post(till, "checkout/hold", {"number": "1", "cart": cart(points=200)}, 200)
    other = await till.post("/v1/checkout/commit", json=order("2", points=100))
    paid = await post(till, "checkout/commit", order("1", points=200), 201)

    assert (held["points"], held["points_minor"], held["payable_minor"], held["state"]) == (200, 200, 24_800, "open")
    assert again == held
    assert other.json()["code"] == "ledger.not_enough"
    assert (paid["points"]["used"], paid["points"]["balance"]) == (200, 250 - 200 + 248)
    cancelled = await till.post("/v1/checkout/cancel", json={"source": "till-7", "number": "1"})
    assert cancelled.json()["code"] == "checkout.already_paid"
    await verified(database)


async def test_a_cancelled_cart_frees_its_points_once(till: httpx.AsyncClient, database: Database) -> None:
    await post(till, "orders", order("0"), 201)
    await post(till, "checkout/hold", {"number": "1", "cart": cart(points=200)}, 200)

    wanted = {"source": "till-7", "number": "1"}
    answers = [await post(till, "checkout/cancel", wanted, 200) for _ in range(2)]

    assert [one["state"] for one in answers] == ["cancelled", "cancelled"]
    quoted = await post(till, "checkout/quote", cart(), 200)
    assert quoted["points"]["available"] == 250
    await verified(database)


async def test_paying_with_fewer_points_than_were_held_frees_the_rest(till: httpx.AsyncClient) -> None:
    await post(till, "orders", order("0"), 201)
    await post(till, "checkout/hold", {"number": "1", "cart": cart(points=200)}, 200)

    paid = await post(till, "checkout/commit", order("1"), 201)

    assert (paid["points"]["used"], paid["points"]["balance"]) == (0, 500)


async def test_a_whole_refund_leaves_what_was_there_before(till: httpx.AsyncClient, database: Database) -> None:
    await post(till, "orders", order("0"), 201)
    await post(till, "checkout/commit", order("1", points=200), 201)

    done = await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 201)

    assert (done["amount_minor"], done["money_minor"]) == (25_000, 24_800)
    assert done["points"] == {"earned": 0, "taken_back": 248, "used": 0, "returned": 200, "balance": 250, "debt": 0}
    assert [(one["product"], one["quantity"]) for one in done["lines"]] == [("A1", "2"), ("B1", "1")]
    again = await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 200)
    assert again == {**done, "state": "unchanged"}
    more = await till.post("/v1/checkout/refund", json=refund("r2", "1", is_whole=True))
    assert more.json()["code"] == "checkout.refund_exceeds_order"
    await verified(database)


async def test_refunds_by_quantity_and_by_amount_add_up_to_the_order(
    till: httpx.AsyncClient, database: Database
) -> None:
    await post(till, "orders", order("0"), 201)
    await post(till, "checkout/commit", order("1", points=100), 201)

    one = await post(till, "checkout/refund", refund("r1", "1", lines=[{"product": "A1", "quantity": "1"}]), 201)
    off = await post(till, "checkout/refund", refund("r2", "1", amount_minor=3_000), 201)
    rest = await post(till, "checkout/refund", refund("r3", "1", is_whole=True), 201)

    done = (one, off, rest)
    # The example of the guide.
    assert [part["amount_minor"] for part in done] == [10_000, 3_000, 12_000]
    assert [part["money_minor"] for part in done] == [9_960, 2_988, 11_952]
    assert [part["points"]["returned"] for part in done] == [40, 12, 48]
    assert [part["points"]["taken_back"] for part in done] == [100, 30, 119]
    assert rest["points"]["balance"] == 250
    await verified(database)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": [{"product": "A1", "quantity": "3"}]}, "checkout.refund_exceeds_order"),
        ({"lines": [{"line_no": 7, "quantity": "1"}]}, "checkout.refund_exceeds_order"),
        ({"amount_minor": 25_001}, "checkout.refund_exceeds_order"),
        ({"lines": [{"line_no": 2, "amount_minor": 5_001}]}, "checkout.refund_exceeds_order"),
        ({"lines": [{"product": "A1", "quantity": "1", "amount_minor": 5}]}, "checkout.refund_amount_differs"),
        ({"lines": [{"product": "NEVER", "quantity": "1"}]}, "checkout.product_unknown"),
        ({"lines": [{"quantity": "1"}]}, "checkout.nothing_to_refund"),
        ({}, "checkout.nothing_to_refund"),
        ({"is_whole": True, "amount_minor": 1}, "checkout.nothing_to_refund"),
        ({"is_whole": True, "placed_at": "2027-03-01T15:00:00+08:00"}, "checkout.date_out_of_range"),
    ],
)
async def test_a_refund_that_cannot_be_is_refused_and_nothing_is_written(
    till: httpx.AsyncClient, database: Database, change: dict[str, Any], code: str
) -> None:
    await post(till, "orders", order("1"), 201)
    before = await state(database)

    answer = await till.post("/v1/checkout/refund", json=refund("r1", "1", **change))

    assert answer.json()["code"] == code
    assert await state(database) == before


async def test_7_a_refund_that_comes_before_its_order_waits_for_it(till: httpx.AsyncClient, database: Database) -> None:
    early = await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 2, "quantity": "1"}]), 202)
    twice = await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 2, "quantity": "1"}]), 202)
    sold = await post(till, "checkout/commit", order("1"), 201)
    again = await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 2, "quantity": "1"}]), 200)

    assert early == twice
    assert sold["points"]["earned"] == 250
    assert (again["state"], again["points"]["taken_back"], again["points"]["balance"]) == ("unchanged", 50, 200)
    waiting = (await till.get("/v1/checkout/waiting-refunds")).json()
    assert waiting["items"] == []
    await verified(database)


async def test_7_a_waiting_refund_that_its_order_does_not_allow_is_shown_with_the_reason(
    till: httpx.AsyncClient,
) -> None:
    await post(till, "checkout/refund", refund("r1", "1", amount_minor=99_999), 202)
    sold = await post(till, "checkout/commit", order("1"), 201)

    (kept,) = (await till.get("/v1/checkout/waiting-refunds")).json()["items"]

    assert sold["points"]["balance"] == 250
    assert (kept["number"], bool(kept["problem"])) == ("r1", True)


async def test_9_a_tills_batch_may_come_late_twice_and_out_of_order(
    till: httpx.AsyncClient, database: Database
) -> None:
    lines = [{"product": "A1", "quantity": "1", "unit_price": "100"}]
    sale = order("1", lines=lines)
    back = order("r1", kind="refund", refund_of="1", member=None, lines=lines, placed_at="2026-03-01T13:00:00+08:00")
    other = order("2", lines=lines)

    for batch in ([back, other], [back, sale], [other, sale, back]):
        answer = await till.post("/v1/orders/batch", json={"orders": batch})
        assert answer.status_code == 200, answer.text

    quoted = await post(till, "checkout/quote", cart(lines=lines), 200)
    assert quoted["points"]["available"] == 100
    await verified(database)


@pytest.mark.parametrize(("policy", "balance"), [("judge_again", 249 - 201), ("share", 249 - 200), ("keep", 249)])
async def test_a_refund_takes_back_by_the_shops_policy(till: httpx.AsyncClient, policy: str, balance: int) -> None:
    await till.put("/v1/checkout/policies", json={**PAYING, "refunds": {"earned": policy}})
    lines = [
        {"product": "A1", "quantity": "1", "unit_price": "200.99"},
        {"product": "B1", "quantity": "1", "unit_price": "48.99"},
    ]
    await post(till, "orders", order("1", lines=lines), 201)

    done = await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 1, "quantity": "1"}]), 201)

    assert done["points"]["balance"] == balance


async def test_points_that_paid_go_back_into_their_lots_also_after_a_merge(
    till: httpx.AsyncClient, database: Database
) -> None:
    first = await post(till, "orders", order("0"), 201)
    await post(till, "checkout/commit", order("1", points=200), 201)
    other = await post(till, "orders", order("9", member={"phone": "15400000002"}), 201)
    pair = {"absorbed": str(first["member_id"]), "survivor": str(other["member_id"]), "reason": "同一个人"}
    merged = await till.post("/v1/merges", json=pair)
    assert merged.status_code == 201, merged.text

    done = await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 201)

    assert done["member_id"] == other["member_id"]
    assert (done["points"]["returned"], done["points"]["taken_back"]) == (200, 248)
    assert done["points"]["balance"] == 500
    await verified(database)


async def test_30_commits_of_one_order_at_once_have_one_effect(till: httpx.AsyncClient, database: Database) -> None:
    await post(till, "orders", order("0"), 201)

    answers = await asyncio.gather(*(till.post("/v1/checkout/commit", json=order("1", points=200)) for _ in range(30)))

    assert [answer.status_code for answer in answers].count(201) == 1
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    quoted = await post(till, "checkout/quote", cart(), 200)
    assert quoted["points"]["available"] == 250 - 200 + 248
    await verified(database)


async def test_a_guests_refund_is_bounded_by_what_was_bought(till: httpx.AsyncClient, database: Database) -> None:
    await post(till, "orders", {**order("1"), "member": None}, 201)
    await post(till, "checkout/refund", refund("r1", "1", lines=[{"product": "A1", "quantity": "2"}]), 201)

    more = await till.post("/v1/checkout/refund", json=refund("r2", "1", lines=[{"product": "A1", "quantity": "1"}]))
    rest = await post(till, "checkout/refund", refund("r3", "1", is_whole=True), 201)

    assert more.json()["code"] == "checkout.refund_exceeds_order"
    assert (rest["amount_minor"], rest["points"]) == (5_000, None)


async def test_policies_change_only_from_what_was_seen(till: httpx.AsyncClient) -> None:
    seen = await till.get("/v1/checkout/policies")

    changed = await till.put("/v1/checkout/policies", json={}, headers={"If-Match": seen.headers["ETag"]})
    late = await till.put("/v1/checkout/policies", json=PAYING, headers={"If-Match": seen.headers["ETag"]})

    assert (changed.status_code, changed.json()["policies"]["points_payment"]["is_on"]) == (200, False)
    assert (late.status_code, late.json()["code"]) == (412, "checkout.policies_changed")

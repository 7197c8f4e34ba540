"""Orders with coupons as popular shops get them wrong, and random ones: whoever gives all back gets all back."""

import asyncio
import os
from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, earning, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.loyalty.coupons.making import NewCoupon, make
from shuke.loyalty.coupons.testing import a_template
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, raw
from shuke.platform.i18n import LocalName

pytestmark = pytest.mark.anyio
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
AT = "2026-03-02T11:00:00+08:00"
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
MEMBER = {"phone": "15400000001"}
EXAMPLES = int(os.environ.get("SHUKE_COUPON_EXAMPLES", "6"))
CATEGORIES = {"A1": "tea", "B1": "cups", "C1": "tea"}
Json = dict[str, Any]


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop that takes points; the member has bought before."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
        await enrolled(session, [person(None, phone())])
    paying = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}
    assert (await client.put("/v1/checkout/policies", json=paying)).status_code == 200
    await post(client, "orders", order("0", [line(code, 1, 200) for code in CATEGORIES]), 201)
    await post(client, "orders", order("00", [line("POST", 1, 8, is_goods=False)]), 201)
    return client


def line(product: str, quantity: int, price: int, *, is_goods: bool = True) -> Json:
    return {
        "product": product,
        "quantity": str(quantity),
        "unit_price": str(price),
        "is_goods": is_goods,
        "category": CATEGORIES.get(product, "fees"),
    }


def order(number: str, lines: list[Json], **changes: Any) -> Json:
    return {"source": "till-7", "number": number, "placed_at": AT, "member": MEMBER, "lines": lines, **changes}


def refund(number: str, of: str, **changes: Any) -> Json:
    return {"source": "till-7", "number": number, "refund_of": of, "placed_at": AT, **changes}


async def post(client: httpx.AsyncClient, path: str, body: Json, *allowed: int) -> Json:
    answer = await client.post(f"/v1/{path}", json=body)
    assert answer.status_code in allowed, answer.text
    found: Json = answer.json()
    return found


async def give(database: Database, code: str, terms: Json, issuing: Json | None = None) -> None:
    """A template of these terms, and one coupon of it with the same code for the member."""
    async with database.transaction() as session:
        member_id = await session.scalar(text("select min(member_id) from member"))
        template_id = await a_template(session, code.lower(), terms, issuing)
        new = NewCoupon(
            member_id=member_id,
            template_id=template_id,
            terms_version=1,
            code=code,
            how="staff",
            at=NOW,
            valid_from=NOW.replace(day=1),
            expires_at=None,
            actor="system:0",
        )
        await make(session, [new], ZONE)


async def test_2_one_coupon_and_five_parallel_orders_is_one_success_and_nobody_pays_less_than_nothing(
    till: httpx.AsyncClient, database: Database
):
    await give(database, "ONCE", {"discount": {"kind": "amount_off", "off_minor": 82_400}})
    answers = await asyncio.gather(
        *(
            till.post("/v1/orders", json=order(f"n{number}", [line("A1", 1, 300)], coupons=["ONCE"]))
            for number in range(5)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    async with database.transaction() as session:
        rows = await session.execute(
            text("select gross_minor, coupon_minor, counts_minor from sales_order where number like 'n%'")
        )
        assert [tuple(row) for row in rows] == [(30_000, 30_000, 0)]
        assert await session.scalar(text("select count(*) from coupon_move where kind = 'redeemed'")) == 1


async def test_15_a_partial_return_that_breaks_a_threshold(till: httpx.AsyncClient, database: Database):
    """The coupon wanted 300 and the bonus 200 paid: with one line back, the line's own share of the coupon stays with
    the shop, and the points of the bonus go.
    """
    await give(
        database, "FIFTY", {"discount": {"kind": "amount_off", "off_minor": 6_000}, "threshold": {"least": 30_000}}
    )
    steps = {"kind": "steps", "currency": "points", "steps": [{"from_minor": 20_000, "points": 500}]}
    async with database.transaction() as session:
        await publish(session, "bonus", steps)
    paid = await post(till, "orders", order("1", [line("A1", 2, 100), line("B1", 1, 100)], coupons=["FIFTY"]), 201)
    # 240 paid: 240 points, and 500 for 200 or more.
    assert paid["points"]["earned"] == 740
    back = await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 1, "quantity": "1"}]), 201)
    assert (back["money_minor"], back["points"]["taken_back"], back["coupons_returned"]) == (8_000, 580, [])
    rest = await post(till, "checkout/refund", refund("r2", "1", is_whole=True), 201)
    assert (rest["money_minor"], rest["points"]["taken_back"], rest["coupons_returned"]) == (16_000, 160, ["FIFTY"])
    assert (await ledger.verify_ledger(database)).ok


async def publish(session: Any, code: str, effect: Json, when: Json | None = None) -> None:
    """A rule for every paid order."""
    await earning.publish_definition(
        session,
        code=code,
        name=LocalName(code, code),
        definition={"activity": "order_paid", "branches": [{"when": when, "effects": [effect]}]},
        effective_from=ALWAYS,
        actor=SYSTEM,
    )


async def test_a_coupon_that_an_order_earned_goes_when_the_order_no_longer_earns_it(
    till: httpx.AsyncClient, database: Database
):
    enough = {
        "combinator": "and",
        "not": False,
        "rules": [{"field": "order.amount", "operator": ">=", "value": 20_000}],
    }
    async with database.transaction() as session:
        await a_template(session, "thanks", issuing={"stock": 2, "limits": [{"most": 2}]})
        await publish(session, "thanks-rule", {"kind": "coupon", "coupon": "thanks", "count": 1}, enough)

    async def held() -> list[str]:
        async with database.transaction() as session:
            rows = await session.execute(
                text("select c.state, u.state as unit from coupon c join coupon_unit u using (template_id, unit_no)")
            )
            return sorted(f"{row.state}/{row.unit}" for row in rows)

    big = [line("A1", 3, 100)]
    await post(till, "orders", order("1", big), 201)
    await post(till, "orders", order("1", big), 200)
    assert await held() == ["issued/taken"]
    await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 1, "quantity": "1"}]), 201)
    assert await held() == ["issued/taken"]
    await post(till, "checkout/refund", refund("r2", "1", lines=[{"line_no": 1, "quantity": "1"}]), 201)
    assert await held() == ["void/free"]
    # Used before its order goes back, it stays used.
    await post(till, "orders", order("2", big), 201)
    async with database.transaction() as session:
        code = await session.scalar(text("select code from coupon where state = 'issued'"))
    await post(till, "orders", order("3", [line("A1", 1, 50)], coupons=[code]), 201)
    await post(till, "checkout/refund", refund("r3", "2", is_whole=True), 201)
    async with database.transaction() as session:
        assert await session.scalar(text("select state from coupon where code = :code"), {"code": code}) == "redeemed"


KINDS: list[Json] = [
    {"discount": {"kind": "amount_off", "off_minor": 3_333}},
    {"discount": {"kind": "amount_off", "off_minor": 999_999}},
    {"discount": {"kind": "percent_off", "percent": 33}, "scope": {"categories": ["cups"]}},
    {"discount": {"kind": "percent_off", "percent": 12, "most_minor": 5_000}, "category": "extra"},
    {"discount": {"kind": "steps", "steps": [{"from_minor": 10_000, "off_minor": 1_000}]}, "category": "extra"},
    {"discount": {"kind": "nth_item", "nth": 2, "percent": 50}},
    {"discount": {"kind": "fixed_price", "price_minor": 990}, "scope": {"products": ["B1"]}},
    {"discount": {"kind": "gift", "products": ["C1"]}, "category": "extra"},
    {"discount": {"kind": "free_shipping"}, "category": "ship"},
]
STACKING = {
    "groups": [
        {"category": "general", "name_zh": "通用券", "name_en": "General"},
        {"category": "extra", "name_zh": "加送券", "name_en": "Extra", "mode": "stack", "most": 2},
        {"category": "ship", "name_zh": "包邮券", "name_en": "Postage"},
    ]
}


def random_lines(random: Random) -> list[Json]:
    codes = random.choices(list(CATEGORIES), k=random.randint(1, 4))
    lines = [line(code, random.randint(1, 4), random.randint(1, 90)) for code in codes]
    return [*lines, line("POST", 1, 8, is_goods=False)] if random.random() < 0.5 else lines


@pytest.mark.parametrize("seed", range(EXAMPLES))
async def test_whoever_gives_all_back_gets_all_back(till: httpx.AsyncClient, database: Database, seed: int):
    random = Random(seed)
    assert (await till.put("/v1/coupon-stacking", json={"stacking": STACKING})).status_code == 200
    budgets = {"budgets": [{"counts": "discount", "limit": 10**9}, {"counts": "count", "limit": 10**6}]}
    for number, terms in enumerate(random.sample(KINDS, random.randint(2, 5))):
        await give(database, f"K{number}", terms, budgets)
    lines = random_lines(random)
    cart = {"source": "till-7", "member": MEMBER, "lines": lines, "points": random.choice([0, "most"])}
    quote = await post(till, "checkout/quote", cart, 200)
    shares = [(one["amount_minor"], one["coupon_minor"], one["points_minor"]) for one in quote["lines"]]
    assert sum(coupon for _, coupon, _ in shares) == quote["coupon_minor"]
    assert all(coupon + points <= amount for amount, coupon, points in shares)
    payable = quote["gross_minor"] - quote["coupon_minor"] - quote["points"]["worth_minor"]
    assert quote["payable_minor"] == payable >= 0
    codes = [one["code"] for one in quote["coupons"]]
    paid = await post(till, "orders", order("1", lines, coupons=codes, points=quote["points"]["used"]), 201)
    assert {one["code"]: one["discount_minor"] for one in paid["coupons"]} == {
        one["code"]: one["discount_minor"] for one in quote["coupons"]
    }
    money, points = 0, 0
    for number in range(random.randint(1, 4)):
        back = await post(till, "checkout/refund", refund(f"r{number}", "1", **some(random, lines)), 201, 422)
        money += back.get("money_minor", 0)
        points += back["points"]["returned"] if "points" in back else 0
        assert 0 <= money <= payable
    last = await post(till, "checkout/refund", refund("last", "1", is_whole=True), 201, 422)
    money += last.get("money_minor", 0)
    points += last["points"]["returned"] if "points" in last else 0
    assert (money, points) == (payable, quote["points"]["used"])
    async with database.transaction() as session:
        driver = await raw(session)
        assert [tuple(row) for row in await driver.fetch("select discount_minor - returned_minor from coupon_use")] == [
            (0,)
        ] * len(codes)
        states = await driver.fetch("select distinct state from coupon")
        assert [row["state"] for row in states] == ["issued"]
        assert await driver.fetchval("select coalesce(sum(used), 0) from coupon_budget_room") == 0
        assert await driver.fetchval("select counts_minor from sales_order where number = '1'") == 0
    assert (await ledger.verify_ledger(database)).ok


def some(random: Random, lines: list[Json]) -> Json:
    """A part of an order: some of a line, or an amount off one."""
    line_no = random.randint(1, len(lines))
    if random.random() < 0.3:
        return {"lines": [{"line_no": line_no, "amount_minor": random.randint(1, 900)}]}
    return {"lines": [{"line_no": line_no, "quantity": str(random.randint(1, 2))}]}

"""Ways in which coupons could be worth something twice: none of them is open."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import earning
from shuke.loyalty.coupons.testing import OFF_TEN, a_template
from shuke.people.members.testing import enrolled, external, person
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session
from shuke.platform.i18n import LocalName

from .test_coupons import LINES, NOW, Json, cart, coupon_states, everything, give, order, post, refund, till

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
ENOUGH: dict[str, Any] = {
    "combinator": "and",
    "not": False,
    "rules": [{"field": "order.amount", "operator": ">=", "value": 20_000}],
}
pytestmark = pytest.mark.anyio
__all__ = ["till"]
# Of the tea alone, which comes in two pieces.
TEA = {"discount": {"kind": "amount_off", "off_minor": 5_000}, "scope": {"categories": ["tea"]}}


def returned(number: str, product: str) -> Json:
    return {
        "source": "till-7",
        "number": number,
        "kind": "refund",
        "refund_of": "1",
        "placed_at": "2026-03-02T11:30:00+08:00",
        "lines": [{"product": product, "quantity": "1", "unit_price": "100"}],
    }


async def uses(database: Database) -> list[tuple[Any, ...]]:
    async with database.transaction() as session:
        rows = await session.execute(
            text("select discount_minor, returned_minor, settled_at is not null from coupon_use order by order_id")
        )
        return [tuple(row) for row in rows]


async def budget_used(database: Database) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(text("select sum(used) from coupon_budget_room")) or 0)


@pytest.mark.parametrize("is_set", [True, False])
async def test_returns_that_come_together_settle_a_coupon_once(
    till: httpx.AsyncClient, database: Database, is_set: bool
):
    """What they gave back, and that they did, is noted of all of them: a later return does not give it back again."""
    await give(database, "TEA", TEA, issuing={"budgets": [{"counts": "discount", "limit": 100_000}]})
    await post(till, "orders", order("1", coupons=["TEA"]), 201)
    returns = [returned("r1", "A1"), returned("r2", "A1")]
    await post(till, "orders/batch", {"orders": returns, "all_or_nothing": is_set}, 200)
    assert await uses(database) == [(5_000, 5_000, True)]
    assert await coupon_states(database) == [("TEA", "issued")]
    assert await budget_used(database) == 0

    await post(till, "orders", order("2", coupons=["TEA"]), 201)
    await post(till, "checkout/refund", refund("r3", "1", is_whole=True), 201)
    assert await coupon_states(database) == [("TEA", "redeemed")]
    assert await uses(database) == [(5_000, 5_000, True), (5_000, 0, False)]
    assert await budget_used(database) == 5_000


async def test_a_till_whose_clock_is_ahead_does_not_take_what_another_cart_keeps(
    till: httpx.AsyncClient, database: Database
):
    await give(database, "TEA", TEA)
    await post(till, "checkout/hold", {"number": "c1", "minutes": 5, "cart": cart(coupons=["TEA"])}, 200)
    before = await everything(database)
    ahead = (NOW + timedelta(minutes=9)).isoformat()
    refused = await post(till, "orders", order("2", placed_at=ahead, coupons=["TEA"]), 409)
    assert refused["code"] == "coupons.locked"
    assert await everything(database) == before


async def test_a_coupon_that_was_earned_and_given_away_goes_with_its_order(till: httpx.AsyncClient, database: Database):
    """Else whoever orders, gives the coupon to a friend and returns the order has got it for nothing."""
    async with database.transaction() as session:
        await thank(session, count=2)
        friends = await enrolled(session, [person("Bo", external("bo")), person("Cy", external("cy"))])
    await post(till, "orders", order("1"), 201)
    async with database.transaction() as session:
        codes = list((await session.execute(text("select code from coupon order by coupon_id"))).scalars())
    used = await given_on(till, codes[0], friends[0])
    twice = await given_on(till, await given_on(till, codes[1], friends[0]), friends[1])
    await post(till, "orders", order("2", member={"id": friends[0]}, coupons=[used]), 201)

    await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 201)

    found = dict(await coupon_states(database))
    assert {code: found[code] for code in (*codes, used, twice)} == {
        codes[0]: "given",
        codes[1]: "given",
        # Used before its order went back, it stays used.
        used: "redeemed",
        twice: "void",
    }
    async with database.transaction() as session:
        reason = text(
            "select reason from coupon_move join coupon_code using (coupon_id) where code = :code and kind = 'voided'"
        )
        assert await session.scalar(reason, {"code": twice}) == "no_longer_earned"


async def thank(session: Session, *, count: int, when: Json | None = None) -> None:
    """A rule that gives coupons, which may be given away, for every paid order."""
    await a_template(session, "thanks", OFF_TEN | {"transfer": {"is_allowed": True, "most_times": 2}})
    effect = {"kind": "coupon", "coupon": "thanks", "count": count}
    await earning.publish_definition(
        session,
        code="thanks-rule",
        name=LocalName("谢谢", "Thanks"),
        definition={"activity": "order_paid", "branches": [{"when": when, "effects": [effect]}]},
        effective_from=ALWAYS,
        actor=SYSTEM,
    )


async def test_returns_that_come_together_take_an_earned_coupon_once(till: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        await thank(session, count=1, when=ENOUGH)
    await post(till, "orders", order("1"), 201)
    assert [state for _, state in await coupon_states(database)] == ["issued"]
    returns = [returned("r1", "A1"), returned("r2", "A1"), returned("r3", "B1")]
    await post(till, "orders/batch", {"orders": returns, "all_or_nothing": True}, 200)
    assert [state for _, state in await coupon_states(database)] == ["void"]


async def given_on(till: httpx.AsyncClient, code: str, member_id: int) -> str:
    offer = await post(till, f"coupons/{code}/transfers", {}, 201)
    new = await post(till, "coupon-transfers/accept", {"token": offer["token"], "member": str(member_id)}, 200)
    return str(new["code"])


@pytest.mark.parametrize("amounts", [[1] * 100, [3] * 33 + [1], [33, 33, 34], [99, 1]])
async def test_what_coupon_and_points_paid_whole_never_comes_back_as_money(
    till: httpx.AsyncClient, database: Database, amounts: list[int]
):
    await give(database, "HALF", {"discount": {"kind": "amount_off", "off_minor": 50}})
    lines = [{"product": "A1", "quantity": "1", "unit_price": "1"}]
    await post(till, "orders", order("1", lines=lines, coupons=["HALF"], points=50), 201)
    back = []
    for number, amount in enumerate(amounts):
        found = await post(till, "checkout/refund", refund(f"r{number}", "1", amount_minor=amount), 201)
        back.append(found["money_minor"])
    assert set(back) == {0}


async def test_coupons_of_somebody_who_is_frozen_are_not_used(till: httpx.AsyncClient, database: Database):
    """Neither theirs nor nobody's; what they have paid with coupons before is answered as it was."""
    await give(database, "TEA", TEA)
    await give(database, "CODE", TEA, member_id=0)
    await give(database, "PAID", TEA)
    paid = await post(till, "orders", order("1", coupons=["PAID"]), 201)
    async with database.transaction() as session:
        await session.execute(text("update member set status = 'frozen'"))
    before = await everything(database)
    for code in ("TEA", "CODE"):
        refused = await post(till, "orders", order("2", coupons=[code]), 409)
        assert refused["code"] == "members.not_active"
        held = await post(till, "checkout/hold", {"number": "c1", "cart": cart(coupons=[code])}, 409)
        assert held["code"] == "members.not_active"
    assert (await post(till, "checkout/quote", cart(), 200))["coupons"] == []
    assert await everything(database) == before
    assert await post(till, "orders", order("1", coupons=["PAID"]), 200) == {**paid, "state": "unchanged"}
    assert (await post(till, "orders", order("3", coupons=[]), 201))["coupons"] == []


async def test_a_new_budget_counts_what_a_coupon_that_was_given_back_still_takes_off(
    till: httpx.AsyncClient, database: Database
):
    """Given back at the first part of a return, it goes on paying for the goods that were kept."""
    await give(database, "TEA", {**TEA, "on_refund": {"part": "give_back"}})
    await post(till, "orders", order("1", coupons=["TEA"]), 201)
    await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 1, "quantity": "1"}]), 201)
    assert await coupon_states(database) == [("TEA", "issued")]
    limits = [{"counts": "discount", "limit": 100_000}, {"counts": "count", "limit": 10}]
    assert (
        await till.put("/v1/coupon-templates/tea/issuing", json={"issuing": {"budgets": limits}})
    ).status_code == 200
    async with database.transaction() as session:
        rows = await session.execute(text("select counts, used from coupon_budget_room order by counts"))
        assert [tuple(row) for row in rows] == [("count", 0), ("discount", 2_500)]


@pytest.mark.parametrize("is_set", [True, False])
@pytest.mark.parametrize("first", ["1", "2"])
async def test_returning_what_earned_a_coupon_and_what_it_paid_leaves_no_coupon(
    till: httpx.AsyncClient, database: Database, first: str, is_set: bool
):
    """Whichever goes back first: else two orders that were both returned have bought a coupon for nothing."""
    async with database.transaction() as session:
        await thank(session, count=1, when=ENOUGH)
    await post(till, "orders", order("1"), 201)
    ((code, _),) = await coupon_states(database)
    tea = [{"product": "A1", "quantity": "1", "unit_price": "100"}]
    await post(till, "orders", order("2", lines=tea, coupons=[code]), 201)
    numbers = [first, "2" if first == "1" else "1"]
    if is_set:
        goods = {"1": LINES, "2": tea}
        returns = [returned(f"r{of}", "A1") | {"refund_of": of, "lines": goods[of]} for of in numbers]
        await post(till, "orders/batch", {"orders": returns, "all_or_nothing": True}, 200)
    else:
        for of in numbers:
            await post(till, "checkout/refund", refund(f"r{of}", of, is_whole=True), 201)
    assert [state for _, state in await coupon_states(database)] != ["issued"]

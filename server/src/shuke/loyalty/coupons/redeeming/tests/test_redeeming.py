"""A coupon is redeemed by its code alone: once, with its budget, and taken back on the same day."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.organization.testing import narrowed
from shuke.loyalty.coupons.guessing import MOST_WRONG
from shuke.loyalty.coupons.holding import due
from shuke.loyalty.coupons.testing import OFF_TEN, a_coupon, a_template, moves_of, set_clock, state_of, take
from shuke.main.testing import signed_in
from shuke.platform.db import Database, raw

from .ground import NOW, Ground, everything, lay, redeem

GIFT = {"discount": {"kind": "gift", "products": ["CAKE", "TEA"], "pieces": 2}}


@pytest.fixture
async def ground(client: httpx.AsyncClient, database: Database) -> Ground:
    return await lay(database)


async def coupon_of(ground: Ground, terms: Any = OFF_TEN, issuing: Any = None, *, holder: int | None = None) -> str:
    async with ground.database.transaction() as session:
        template_id = await a_template(session, "told", terms, issuing)
        return await a_coupon(session, ground.ada if holder is None else holder, template_id)


async def stored(ground: Ground, code: str) -> tuple[str, list[tuple[int, str]]]:
    async with ground.database.transaction() as session:
        return await state_of(session, code), await moves_of(session, code)


async def used(ground: Ground) -> list[tuple[str, str, int]]:
    async with ground.database.transaction() as session:
        rows = await session.execute(text("select counts, period, used from coupon_budget_room order by 1, 2"))
        return [tuple(row) for row in rows]


async def told(ground: Ground, name: str) -> list[dict[str, Any]]:
    async with ground.database.transaction() as session:
        rows = await session.execute(text("select body from event where name = :name order by id"), {"name": name})
        return list(rows.scalars())


@pytest.mark.parametrize(
    ("terms", "asked", "discount"),
    [
        (OFF_TEN, {}, 1_000),
        (OFF_TEN, {"amount_minor": 600}, 600),
        ({**OFF_TEN, "threshold": {"least": 5_000}}, {"amount_minor": 5_000}, 1_000),
        ({"discount": {"kind": "percent_off", "percent": 12, "most_minor": 500}}, {"amount_minor": 9_999}, 500),
        ({"discount": {"kind": "percent_off", "percent": 10}}, {"amount_minor": 1_250}, 125),
        (GIFT, {}, 0),
        (GIFT, {"goods": [{"product": "CAKE"}]}, 0),
        (GIFT, {"goods": [{"product": "CAKE", "quantity": "3", "amount_minor": 6_000}]}, 4_000),
        ({**GIFT, "threshold": {"least": 10_000}}, {"amount_minor": 10_000}, 0),
        (
            {"discount": {"kind": "nth_item", "nth": 2, "percent": 50}, "scope": {"categories": ["bakery"]}},
            {"goods": [{"product": "CAKE", "quantity": "2", "amount_minor": 8_000}, {"product": "CUP"}]},
            2_000,
        ),
        ({**OFF_TEN, "scope": {"categories": ["bakery"]}}, {"amount_minor": 4_000}, 1_000),
    ],
)
async def test_a_coupon_takes_off_what_its_terms_say(
    client: httpx.AsyncClient, ground: Ground, terms: Any, asked: dict[str, Any], discount: int
):
    code = await coupon_of(ground, terms)
    answer = await redeem(client, code, note="柜台", **asked)
    assert answer.status_code == 201
    coupon = answer.json()["coupon"]
    assert (answer.json()["outcome"], coupon["state"], coupon["can_redeem"]) == ("redeemed", "redeemed", False)
    assert coupon["redemption"]["discount_minor"] == discount
    assert coupon["redemption"]["store"] == {"id": ground.xidan, "name": "西单店"}
    assert coupon["redemption"]["note"] == "柜台"
    assert await stored(ground, code) == ("redeemed", [(1, "issued"), (2, "redeemed")])
    (event,) = await told(ground, "coupon.redeemed")
    assert (event["discount_minor"], event["order_id"], event["store_id"]) == (discount, None, ground.xidan)


async def test_the_same_number_again_gives_the_same_answer(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground)
    first = await redeem(client, code, source="pos-1", number="R1")
    before = await everything(ground.database)
    again = await redeem(client, code, source="pos-1", number="R1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "outcome": "unchanged"}
    for other in ({"source": "pos-2", "number": "R1"}, {"source": "pos-1", "number": "R2"}, {}):
        assert (await redeem(client, code, **other)).json()["code"] == "coupons.used"
    assert await everything(ground.database) == before


async def test_an_idempotency_key_gives_the_same_answer(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground)
    body = {"store": "xidan"}
    headers = {"Idempotency-Key": "till-1"}
    answers = [await client.post(f"/v1/coupons/{code}/redeem", json=body, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert await stored(ground, code) == ("redeemed", [(1, "issued"), (2, "redeemed")])


@pytest.mark.parametrize("numbered", [True, False])
async def test_of_five_at_once_one_redeems(client: httpx.AsyncClient, ground: Ground, numbered: bool):
    code = await coupon_of(ground, OFF_TEN, {"budgets": [{"counts": "count", "limit": 5}]})
    ways = [{"source": "pos", "number": f"R{nth}"} if numbered else {} for nth in range(5)]
    answers = await asyncio.gather(*(redeem(client, code, **way) for way in ways))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"coupons.used"}
    assert await stored(ground, code) == ("redeemed", [(1, "issued"), (2, "redeemed")])
    assert await used(ground) == [("count", "lifetime", 1)]


async def test_of_five_of_the_same_number_at_once_all_hear_the_same(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground)
    answers = await asyncio.gather(*(redeem(client, code, source="pos", number="R1") for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    assert await stored(ground, code) == ("redeemed", [(1, "issued"), (2, "redeemed")])


@pytest.mark.parametrize("rival", ["given", "voided", "locked"])
async def test_whoever_else_wants_the_coupon_in_that_moment_gets_it_or_not(
    client: httpx.AsyncClient, ground: Ground, rival: Any
):
    """Exchanging a printed code, voiding it, locking it for a cart: one of both comes through."""
    code = await coupon_of(ground, holder=0)

    async def other() -> bool:
        async with ground.database.transaction() as session:
            more = {"locked_until": NOW + timedelta(hours=1), "cart_number": "c"} if rival == "locked" else {}
            return await take(session, rival, code, **more)

    answer, done = await asyncio.gather(redeem(client, code), other())
    state, moves = await stored(ground, code)
    assert (answer.status_code == 201) is not done
    ends = {"given": "given", "voided": "void", "locked": "locked"}
    assert state == (ends[rival] if done else "redeemed")
    assert [kind for _, kind in moves] == ["issued", rival if done else "redeemed"]


async def test_the_end_of_a_coupon_and_its_redemption_are_never_both(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground)
    set_clock(NOW + timedelta(days=40))
    answer, swept = await asyncio.gather(redeem(client, code), due.expire(ground.database))
    assert (answer.status_code, answer.json()["code"], swept) == (409, "coupons.over", 1)
    assert await stored(ground, code) == ("expired", [(1, "issued"), (2, "expired")])


async def test_a_redemption_is_undone_on_its_day_and_its_budget_has_its_room_again(
    client: httpx.AsyncClient, ground: Ground
):
    budgets = [{"counts": "discount", "period": "day", "limit": 1_000}, {"counts": "count", "limit": 1}]
    code = await coupon_of(ground, OFF_TEN, {"budgets": budgets})
    assert (await redeem(client, code)).status_code == 201
    assert await used(ground) == [("count", "lifetime", 1), ("discount", "day:2026-03-02", 1_000)]

    undone = await client.post(f"/v1/coupons/{code}/undo-redemption", json={"reason": "顾客换券"})

    assert (undone.status_code, undone.json()["state"], undone.json()["can_redeem"]) == (200, "issued", True)
    assert await used(ground) == [("count", "lifetime", 0), ("discount", "day:2026-03-02", 0)]
    assert await stored(ground, code) == ("issued", [(1, "issued"), (2, "redeemed"), (3, "returned")])
    again = await client.post(f"/v1/coupons/{code}/undo-redemption", json={"reason": "x"})
    assert again.json()["code"] == "coupons.not_redeemed"
    assert (await redeem(client, code)).status_code == 201
    set_clock(NOW + timedelta(hours=14))
    before = await everything(ground.database)
    late = await client.post(f"/v1/coupons/{code}/undo-redemption", json={"reason": "x"})
    assert (late.status_code, late.json()["code"]) == (409, "coupons.too_late_to_undo")
    assert await everything(ground.database) == before


async def test_of_five_who_undo_at_once_one_does(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground, OFF_TEN, {"budgets": [{"counts": "count", "limit": 9}]})
    await redeem(client, code)
    path, body = f"/v1/coupons/{code}/undo-redemption", {"reason": "x"}
    answers = await asyncio.gather(*(client.post(path, json=body) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert await used(ground) == [("count", "lifetime", 0)]
    assert await stored(ground, code) == ("issued", [(1, "issued"), (2, "redeemed"), (3, "returned")])


async def test_what_an_order_used_comes_back_by_a_refund_only(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground)
    async with ground.database.transaction() as session:
        assert await take(session, "redeemed", code, order_id=77, store_id=ground.xidan, channel="till")
    before = await everything(ground.database)
    answer = await client.post(f"/v1/coupons/{code}/undo-redemption", json={"reason": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "coupons.redeemed_with_order")
    assert await everything(ground.database) == before


async def test_the_holder_is_whoever_was_merged_by_now(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground)
    async with ground.database.transaction() as session:
        await (await raw(session)).execute(
            "update member set merged_into = $2 where member_id = $1", ground.ada, ground.bo
        )
    assert (await redeem(client, code, member=str(ground.cy))).json()["code"] == "coupons.of_somebody_else"
    assert (await redeem(client, code, member=str(ground.bo))).status_code == 201


async def test_a_look_says_what_it_is_for_and_whether_it_goes(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground, {**GIFT, "scope": {"stores": ["pudong"]}})
    before = await everything(ground.database)

    async def look(**asked: Any) -> dict[str, Any]:
        return (await client.get("/v1/coupons/lookup", params={"code": code, **asked})).json()

    anywhere, here, there = await look(), await look(store="xidan"), await look(store="pudong")
    assert anywhere["can_redeem"]
    assert there["can_redeem"]
    assert there["problem"] is None
    assert (here["can_redeem"], here["problem"]["code"]) == (False, "coupons.wrong_store")
    assert there["gifts"] == [{"product": "CAKE", "name": "蛋糕"}, {"product": "TEA", "name": None}]
    assert there["pieces"] == 2
    assert there["holder"] == {"id": ground.ada, "number": there["holder"]["number"], "name": there["holder"]["name"]}
    assert there["expires_on"] == "2026-04-01"
    assert await everything(ground.database) == before


async def test_a_look_says_what_is_missing_and_what_comes_off(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground, {"discount": {"kind": "percent_off", "percent": 20}})

    async def look(**asked: Any) -> tuple[Any, ...]:
        found = (await client.get("/v1/coupons/lookup", params={"code": code, "store": "xidan", **asked})).json()
        return found["can_redeem"], found["missing"], found["problem"], found["discount_minor"]

    assert await look() == (False, "amount", None, None)
    assert await look(amount_minor=5_000) == (True, None, None, 1_000)


async def test_staff_of_a_store_redeem_there_and_undo_what_was_done_there(
    app: FastAPI, client: httpx.AsyncClient, ground: Ground
):
    elsewhere, here = await coupon_of(ground), ""
    async with ground.database.transaction() as session:
        here = await a_coupon(session, ground.bo, (await a_template(session, "second")))
        await narrowed(session, role="cashier", stores=[ground.xidan])
    assert (await redeem(client, elsewhere, "pudong")).status_code == 201
    async with signed_in(app, ground.database, role="cashier") as cashier:
        async with ground.database.transaction() as session:
            await narrowed(session, role="cashier", stores=[ground.xidan])
        before = await everything(ground.database)
        asked = [
            await redeem(cashier, here, "pudong"),
            await cashier.get("/v1/coupons/lookup", params={"code": here, "store": "pudong"}),
            await cashier.get("/v1/coupons/redemptions", params={"store": "pudong"}),
            await cashier.post(f"/v1/coupons/{elsewhere}/undo-redemption", json={"reason": "x"}),
        ]
        assert [answer.json()["code"] for answer in asked] == ["request.out_of_sight"] * 4
        assert await everything(ground.database) == before
        done = await redeem(cashier, here)
        # Whoever shows a code may be anybody; who that is, the store does not learn.
        assert (done.status_code, done.json()["coupon"]["holder"]) == (201, None)
        day = (await cashier.get("/v1/coupons/redemptions", params={"store": "xidan"})).json()
        assert [(one["code"], one["holder"], one["can_be_undone"]) for one in day["items"]] == [(here, None, True)]
        undo = await cashier.post(f"/v1/coupons/{here}/undo-redemption", json={"reason": "x"})
        assert undo.status_code == 200
    async with signed_in(app, ground.database, role="viewer") as viewer:
        assert (await redeem(viewer, here)).status_code == 403


async def test_the_day_of_a_store_adds_up(client: httpx.AsyncClient, ground: Ground):
    first = await coupon_of(ground)
    async with ground.database.transaction() as session:
        template_id = await a_template(session, "second")
        codes = [await a_coupon(session, ground.bo, template_id) for _ in range(3)]
    for code, store in ((first, "xidan"), (codes[0], "xidan"), (codes[1], "pudong"), (codes[2], "xidan")):
        assert (await redeem(client, code, store)).status_code == 201
    await client.post(f"/v1/coupons/{first}/undo-redemption", json={"reason": "x"})

    async def day(**asked: Any) -> dict[str, Any]:
        return (await client.get("/v1/coupons/redemptions", params={"store": "xidan", **asked})).json()

    today = await day()
    assert (today["day"], today["count"], today["discount_minor"]) == ("2026-03-02", 2, 2_000)
    assert [(one["code"], one["is_undone"]) for one in today["items"]] == [
        (codes[2], False),
        (codes[0], False),
        (first, True),
    ]
    assert (await day(day="2026-03-01"))["items"] == []
    assert (await day(store="mars"))["code"] == "coupons.unknown_store"


async def test_whoever_guesses_codes_is_slowed_down(client: httpx.AsyncClient, ground: Ground):
    code = await coupon_of(ground)
    for _ in range(3):
        # Right codes are not counted.
        assert (await client.get("/v1/coupons/lookup", params={"code": code})).status_code == 200
    for nth in range(MOST_WRONG):
        answer = await client.get("/v1/coupons/lookup", params={"code": f"GUESS-{nth}"})
        assert answer.json()["code"] == "coupons.unknown"
    refused = [
        await client.get("/v1/coupons/lookup", params={"code": code}),
        await redeem(client, code),
        await client.post(f"/v1/coupons/{code}/undo-redemption", json={"reason": "x"}),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [
        (429, "coupons.too_many_guesses")
    ] * 3
    assert int(refused[0].headers["Retry-After"]) >= 1
    assert (await stored(ground, code))[0] == "issued"

"""Giving coupons away: offered, accepted once, or withdrawn; nothing is used while it is offered, nothing twice."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.loyalty.coupons.errors import CouponUnknown
from shuke.loyalty.coupons.holding import actions, due
from shuke.loyalty.coupons.holding.queries import get_coupon, get_coupon_for
from shuke.loyalty.coupons.testing import OFF_TEN, a_coupon, a_template, moves_of, state_of, states, take
from shuke.people import members
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING, SYSTEM, Sight
from shuke.platform.db import Database
from shuke.platform.errors import AppError

GIVABLE: dict[str, Any] = OFF_TEN | {"transfer": {"is_allowed": True, "days_to_accept": 3, "most_times": 2}}


@pytest.fixture
async def people(app: FastAPI, database: Database) -> list[int]:
    """Ada, who has a coupon, and Bo and Cy."""
    async with database.transaction() as session:
        return await enrolled(session, [person(name, external(name)) for name in ("Ada", "Bo", "Cy")])


@pytest.fixture
async def code(people: list[int], database: Database) -> str:
    async with database.transaction() as session:
        return await a_coupon(session, people[0], await a_template(session, "gift", GIVABLE))


async def offered(client: httpx.AsyncClient, code: str) -> dict[str, Any]:
    answer = await client.post(f"/v1/coupons/{code}/transfers", json={})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def accepted(client: httpx.AsyncClient, token: str, member_id: int) -> httpx.Response:
    return await client.post("/v1/coupon-transfers/accept", json={"token": token, "member": str(member_id)})


async def stored(database: Database, member_id: int) -> list[tuple[str, str, int]]:
    async with database.transaction() as session:
        return await states(session, member_id)


async def test_what_is_accepted_is_the_others_and_the_givers_no_more(
    client: httpx.AsyncClient, people: list[int], code: str, database: Database
):
    offer = await offered(client, code)
    kept = (await client.get(f"/v1/coupons/{code}")).json()
    answer = await accepted(client, offer["token"], people[1])

    assert (kept["state"], kept["is_offered"], kept["locked_until"]) == ("locked", True, offer["until"])
    assert answer.status_code == 200
    new = answer.json()
    old = (await client.get(f"/v1/coupons/{code}")).json()
    assert (new["state"], new["how"], new["member"]["id"], new["code"] != code) == (
        "issued",
        "transfer",
        people[1],
        True,
    )
    assert (new["expires_at"], new["valid_from"], new["terms_version"]) == (
        old["expires_at"],
        old["valid_from"],
        old["terms_version"],
    )
    assert (old["state"], [move["kind"] for move in old["moves"]]) == (
        "given",
        ["issued", "locked", "released", "given"],
    )
    for one in (old, new):
        assert [(t["state"], t["coupon"], t["new_coupon"]) for t in one["transfers"]] == [
            ("accepted", code, new["code"])
        ]
    withdrawn = await client.post(f"/v1/coupon-transfers/{offer['id']}/withdraw")
    assert (withdrawn.status_code, withdrawn.json()["code"]) == (409, "coupons.transfer_over")
    assert await stored(database, people[1]) == [(new["code"], "issued", 1)]


async def test_what_is_withdrawn_is_the_givers_again_and_the_token_opens_nothing(
    client: httpx.AsyncClient, people: list[int], code: str, database: Database
):
    offer = await offered(client, code)
    withdrawn = await client.post(f"/v1/coupon-transfers/{offer['id']}/withdraw")
    late = await accepted(client, offer["token"], people[1])

    assert (withdrawn.status_code, withdrawn.json()["state"]) == (200, "issued")
    assert (late.status_code, late.json()["code"]) == (409, "coupons.transfer_over")
    assert await stored(database, people[0]) == [(code, "issued", 3)]
    assert await stored(database, people[1]) == []


async def test_an_offer_runs_out_and_can_be_made_again(
    client: httpx.AsyncClient, people: list[int], code: str, database: Database
):
    offer = await offered(client, code)
    clock.set_offset(timedelta(days=3, seconds=1))
    late = await accepted(client, offer["token"], people[1])
    again = await offered(client, code)
    await due.end_offers(database)
    done = await accepted(client, again["token"], people[1])

    assert (late.status_code, late.json()["code"]) == (409, "coupons.transfer_over")
    assert done.status_code == 200
    transfers = (await client.get(f"/v1/coupons/{code}")).json()["transfers"]
    assert [one["state"] for one in transfers] == ["expired", "accepted"]


async def test_it_changes_hands_as_often_as_its_terms_say(client: httpx.AsyncClient, people: list[int], code: str):
    for receiver in (people[1], people[2]):
        offer = await offered(client, code)
        code = (await accepted(client, offer["token"], receiver)).json()["code"]
    third = await client.post(f"/v1/coupons/{code}/transfers", json={})

    assert (third.status_code, third.json()["code"]) == (422, "coupons.transferred_too_often")


async def test_an_offer_never_outlives_its_coupon(client: httpx.AsyncClient, people: list[int], database: Database):
    async with database.transaction() as session:
        code = await a_coupon(session, people[0], await a_template(session, "short", GIVABLE), days=1)
    offer = await offered(client, code)
    shown = (await client.get(f"/v1/coupons/{code}")).json()

    assert offer["until"] == shown["expires_at"]


@pytest.mark.parametrize(
    ("terms", "kind", "status", "problem"),
    [
        (OFF_TEN, None, 422, "coupons.not_transferable"),
        (GIVABLE, "locked", 409, "coupons.locked"),
        (GIVABLE, "redeemed", 409, "coupons.used"),
        (GIVABLE, "expired", 409, "coupons.over"),
        (GIVABLE, "voided", 409, "coupons.void"),
        (GIVABLE, "given", 409, "coupons.given_away"),
    ],
)
async def test_what_cannot_be_used_or_given_is_refused(
    client: httpx.AsyncClient, people: list[int], database: Database, terms: Any, kind: Any, status: int, problem: str
):
    async with database.transaction() as session:
        code = await a_coupon(session, people[0], await a_template(session, "t", terms))
        if kind is not None:
            more = {"locked_until": clock.now() + timedelta(minutes=5)} if kind == "locked" else {}
            assert await take(session, kind, code, **more)
    before = await stored(database, people[0])
    answer = await client.post(f"/v1/coupons/{code}/transfers", json={})

    assert (answer.status_code, answer.json()["code"]) == (status, problem)
    assert await stored(database, people[0]) == before
    async with database.transaction() as session:
        assert await session.scalar(text("select count(*) from coupon_transfer")) == 0


async def test_a_holder_who_is_named_wrong_offers_nothing(
    client: httpx.AsyncClient, people: list[int], code: str, database: Database
):
    number = (await client.get(f"/v1/coupons/{code}")).json()["member"]["number"]
    wrong = await client.post(f"/v1/coupons/{code}/transfers", json={"member": str(people[1])})
    right = await client.post(f"/v1/coupons/{code}/transfers", json={"member": f"number:{number}"})

    assert (wrong.status_code, wrong.json()["code"]) == (409, "coupons.of_somebody_else")
    assert right.status_code == 201
    assert await stored(database, people[0]) == [(code, "locked", 2)]


@pytest.mark.parametrize("way", ["oneself", "merged", "frozen", "unknown", "voided"])
async def test_what_cannot_be_accepted_stays_offered(
    client: httpx.AsyncClient, people: list[int], code: str, database: Database, way: str
):
    offer = await offered(client, code)
    async with database.transaction() as session:
        if way == "merged":
            wanted = members.MergeWanted(absorbed_id=people[1], survivor_id=people[0], reason="same")
            await members.merge(session, SYSTEM, wanted)
        if way == "frozen":
            await members.set_status(session, [people[1]], "frozen", reason="asked", actor="system:0")
        if way == "voided":
            assert await take(session, "voided", code)
    before = await stored(database, people[0])
    token = "x" * 43 if way == "unknown" else offer["token"]
    answer = await accepted(client, token, people[0] if way == "oneself" else people[1])

    problems = {
        "oneself": "coupons.transfer_to_oneself",
        "merged": "coupons.transfer_to_oneself",
        "frozen": "members.not_active",
        "unknown": "coupons.transfer_unknown",
        "voided": "coupons.transfer_over",
    }
    assert (answer.json()["code"], answer.status_code >= 400) == (problems[way], True)
    assert await stored(database, people[0]) == before
    assert await stored(database, people[1]) == []


async def test_a_coupon_that_is_offered_cannot_be_used(people: list[int], code: str, database: Database):
    async with database.transaction() as session:
        one = await get_coupon(session, code)
        await actions.offer(session, one, actor="system:0")
        assert not await take(session, "given", code)
    async with database.transaction() as session:
        assert await state_of(session, code) == "locked"


async def test_of_accepting_withdrawing_and_expiring_at_once_one_happens(
    people: list[int], code: str, database: Database
):
    async with database.transaction() as session:
        done = await actions.offer(session, await get_coupon(session, code), actor="system:0")

    async def accept(member_id: int) -> str:
        async with database.transaction() as session:
            await actions.accept(session, done.token, member_id, actor="system:0")
        return f"accepted by {member_id}"

    async def withdraw() -> str:
        async with database.transaction() as session:
            await actions.withdraw(session, done.transfer_id, actor="system:0")
        return "withdrawn"

    async def void() -> str:
        async with database.transaction() as session:
            return "voided" if await take(session, "voided", code) else "late"

    async def one(work: Any) -> str:
        try:
            return str(await work)
        except AppError as error:
            return error.code

    answers = await asyncio.gather(
        *(one(work) for work in (accept(people[1]), withdraw(), accept(people[2]), void(), withdraw()))
    )
    happened = [answer for answer in answers if not answer.startswith("coupons.") and answer != "late"]
    async with database.transaction() as session:
        new = [await states(session, member_id) for member_id in people[1:]]
        (mine,) = await states(session, people[0])
        moves = await moves_of(session, code)
    followers = [row for rows in new for row in rows]
    accepts = [answer for answer in happened if answer.startswith("accepted")]
    assert len(followers) == len(accepts) <= 1
    assert [number for number, _ in moves] == list(range(1, len(moves) + 1))
    if accepts:
        # Once it is given there is nothing to withdraw and nothing to void.
        assert (mine[1], happened) == ("given", accepts)
    else:
        assert mine[1] == ("void" if "voided" in happened else "issued")


async def test_who_does_not_see_the_holder_does_not_know_the_coupon(people: list[int], code: str, database: Database):
    elsewhere = Sight(units=frozenset({1}))
    async with database.transaction() as session:
        assert (await get_coupon_for(session, code, EVERYTHING)).code == code
        with pytest.raises(CouponUnknown):
            await get_coupon_for(session, code, elsewhere)
        bearer = await a_coupon(session, 0, await a_template(session, "printed"))
        assert (await get_coupon_for(session, bearer, EVERYTHING)).member_id == 0
        with pytest.raises(CouponUnknown):
            await get_coupon_for(session, bearer, elsewhere)

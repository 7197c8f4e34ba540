"""Benefits over HTTP: set up, changed, granted by hand, handed over at the counter."""

import asyncio
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shuke.foundation import organization
from shuke.loyalty.benefits.actions import grant_due
from shuke.loyalty.benefits.queries import get_benefit
from shuke.loyalty.benefits.testing import CAKE, a_benefit, entitlements, known
from shuke.loyalty.benefits.tests.test_granting import ZONE, born
from shuke.loyalty.ledger.testing import two_currencies
from shuke.loyalty.tiers.testing import four_levels
from shuke.main.testing import signed_in
from shuke.platform import clock
from shuke.platform.db import Database, raw

NAME = {"zh": "金卡九折", "en": "Gold discount"}
DISCOUNT: dict[str, Any] = {
    "code": "gold-discount",
    "name": NAME,
    "levels": ["gold"],
    "what": {"kind": "discount", "percent_off": 10, "least_order_minor": 10_000},
}


@pytest.fixture(autouse=True)
async def _programme(app: FastAPI, database: Database) -> None:
    async with database.transaction() as session:
        await four_levels(session)
        await two_currencies(session)


async def a_cake(database: Database, *, units: int = 1) -> tuple[int, int]:
    """A member with a birthday gift of today; the ids of both."""
    async with database.transaction() as session:
        today = clock.business_day(clock.now(), ZONE)
        (mine,) = await born(session, f"1990-{today:%m-%d}" if f"{today:%m-%d}" != "02-29" else "1992-02-29")
        await known(session, [mine])
        cake = await a_benefit(session, "cake", {"kind": "birthday_gift", "gift": CAKE, "units": units})
        await grant_due(session, cake, today, today, ZONE)
        found = await (await raw(session)).fetchval("select entitlement_id from benefit_entitlement")
    return mine, found


async def test_a_benefit_is_set_up_told_and_listed(client: httpx.AsyncClient):
    added = await client.post("/v1/benefits", json=DISCOUNT)

    assert (added.status_code, added.headers["location"], added.headers["etag"]) == (
        201,
        "/v1/benefits/gold-discount",
        '"1"',
    )
    listed = (await client.get("/v1/benefits")).json()["items"]
    assert [one["code"] for one in listed] == ["gold-discount"]
    assert listed[0]["told"] == {"zh": "满 ¥100.00 享 9 折", "en": "10% off from ¥100.00"}
    assert (listed[0]["is_on"], listed[0]["units_granted"]) == (True, 0)


async def test_a_change_names_the_version_that_was_seen(client: httpx.AsyncClient):
    await client.post("/v1/benefits", json=DISCOUNT)
    body = {name: value for name, value in DISCOUNT.items() if name != "code"} | {"state": "paused"}

    changed = await client.put("/v1/benefits/gold-discount", json=body, headers={"If-Match": '"1"'})
    late = await client.put("/v1/benefits/gold-discount", json=body, headers={"If-Match": '"1"'})

    assert (changed.status_code, changed.json()["state"], changed.headers["etag"]) == (200, "paused", '"2"')
    assert (late.status_code, late.json()["code"]) == (412, "benefits.changed")
    trail = (await client.get("/v1/audit?object_kind=benefits")).json()["items"]
    line = next(one for one in trail if one["action"].startswith("PUT") and one["result"] == "ok")
    detail = (await client.get(f"/v1/audit/{line['id']}")).json()
    assert [(one["field"], one["before"], one["after"]) for one in detail["changes"]] == [("state", "active", "paused")]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"levels": ["platinum"]}, 422, "benefits.level_unknown"),
        ({"active_from": "2026-03-02", "active_until": "2026-03-01"}, 422, "benefits.period_wrong"),
        ({"what": {"kind": "discount"}}, 422, "request.invalid"),
        ({"what": {"kind": "discount", "percent_off": 10, "amount_minor": 5}}, 422, "request.invalid"),
        ({"what": {"kind": "nothing"}}, 422, "request.invalid"),
        ({"what": {"kind": "date_gift", "gift": CAKE, "on": "02-30"}}, 422, "request.invalid"),
        (
            {"what": {"kind": "monthly_gift", "gift": {"kind": "points", "currency": "miles", "amount": 5}}},
            422,
            "benefits.gift_impossible",
        ),
        (
            {"what": {"kind": "monthly_gift", "gift": {"kind": "coupon", "template": "A"}}},
            422,
            "benefits.gift_impossible",
        ),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_written(
    client: httpx.AsyncClient, change: dict[str, Any], status: int, code: str
):
    refused = await client.post("/v1/benefits", json=DISCOUNT | change)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await client.get("/v1/benefits")).json()["items"] == []


async def test_a_code_is_taken_a_kind_stays_and_what_was_granted_is_not_deleted(
    client: httpx.AsyncClient, database: Database
):
    await a_cake(database)
    await client.post("/v1/benefits", json=DISCOUNT)

    again = await client.post("/v1/benefits", json=DISCOUNT)
    other = await client.put("/v1/benefits/cake", json={"name": NAME, "what": DISCOUNT["what"]})
    kept = await client.delete("/v1/benefits/cake")
    gone = await client.delete("/v1/benefits/gold-discount")

    assert (again.status_code, again.json()["code"]) == (409, "benefits.exists")
    assert (other.status_code, other.json()["code"]) == (409, "benefits.kind_stays")
    assert (kept.status_code, kept.json()["code"]) == (409, "benefits.in_use")
    assert gone.status_code == 204
    assert [one["code"] for one in (await client.get("/v1/benefits")).json()["items"]] == ["cake"]


async def test_a_member_has_what_the_level_gives_and_what_was_granted(client: httpx.AsyncClient, database: Database):
    await client.post("/v1/benefits", json=DISCOUNT)
    await client.post("/v1/benefits", json=DISCOUNT | {"code": "for-all", "levels": []})
    mine, cake = await a_cake(database)

    found = (await client.get(f"/v1/members/{mine}/benefits")).json()

    assert [one["code"] for one in found["running"]] == ["for-all"]
    assert [(one["id"], one["state"], one["units"], one["used"]) for one in found["entitlements"]] == [
        (cake, "open", 1, 0)
    ]
    section = (await client.get(f"/v1/members/{mine}/overview")).json()["sections"]
    assert [one["data"]["usable_count"] for one in section if one["key"] == "benefits"] == [1]


async def test_a_unit_is_handed_over_once_however_often_it_is_asked(client: httpx.AsyncClient, database: Database):
    mine, cake = await a_cake(database, units=2)
    async with database.transaction() as session:
        stores = await organization.ensure_stores(session, [organization.NewStore(code="S1", name="S1")])
    address, body = f"/v1/members/{mine}/benefits/{cake}/use", {"store_id": stores["S1"], "order_number": "T-7"}

    first = await client.post(address, json=body, headers={"Idempotency-Key": "till-1"})
    again = await client.post(address, json=body, headers={"Idempotency-Key": "till-1"})

    assert (first.status_code, first.json()["used"], first.json()["state"]) == (200, 1, "open")
    assert again.json() == first.json()
    assert first.json()["uses"][0]["order_number"] == "T-7"
    async with database.transaction() as session:
        assert [one[3] for one in await entitlements(session, mine)] == [1]
    items = (await client.get(f"/v1/members/{mine}/timeline?kinds=benefit")).json()["items"]
    assert [one["type"] for one in items] == ["benefit.used", "benefit.granted"]
    assert items[0]["summary"] == "Order T-7"


async def test_of_fifty_who_use_the_last_unit_one_gets_it(client: httpx.AsyncClient, database: Database):
    mine, cake = await a_cake(database)

    answers = await asyncio.gather(
        *(client.post(f"/v1/members/{mine}/benefits/{cake}/use", json={}) for _ in range(50))
    )

    codes = sorted(answer.json().get("code", "done") for answer in answers)
    assert codes.count("done") == 1
    assert set(codes) <= {"done", "benefits.used_up", "request.overloaded", "request.contention"}, set(codes)
    async with database.transaction() as session:
        driver = await raw(session)
        assert await driver.fetchval("select count(*) from benefit_use") == 1
        assert await driver.fetchval("select count(*) from event where name = 'benefit.used'") == 1


async def test_expired_revoked_and_used_up_say_what_they_are(client: httpx.AsyncClient, database: Database):
    mine, cake = await a_cake(database)
    body = {"benefit": "cake", "reason": "The first was squashed."}
    granted = (await client.post(f"/v1/members/{mine}/benefits", json=body)).json()

    revoked = await client.post(f"/v1/members/{mine}/benefits/{granted['id']}/revoke", json={"reason": "Twice"})
    refused = [
        await client.post(f"/v1/members/{mine}/benefits/{granted['id']}/use", json={}),
        await client.post(f"/v1/members/{mine}/benefits/{granted['id'] + 99}/use", json={}),
    ]
    async with database.transaction() as session:
        await (await raw(session)).execute(
            "update benefit_entitlement set expires_at = now() - interval '1 day' where entitlement_id = $1", cake
        )
    refused.append(await client.post(f"/v1/members/{mine}/benefits/{cake}/use", json={}))

    assert (revoked.json()["state"], revoked.json()["ended_because"]) == ("revoked", "Twice")
    assert [(one.status_code, one.json()["code"]) for one in refused] == [
        (409, "benefits.revoked"),
        (404, "benefits.entitlement_not_found"),
        (409, "benefits.expired"),
    ]
    async with database.transaction() as session:
        assert await (await raw(session)).fetchval("select count(*) from benefit_use") == 0


async def test_the_counter_hands_over_and_does_not_grant(app: FastAPI, database: Database, client: httpx.AsyncClient):
    mine, cake = await a_cake(database, units=2)
    async with signed_in(app, database, role="customer_service") as service:
        used = await service.post(f"/v1/members/{mine}/benefits/{cake}/use", json={})
        granted = await service.post(f"/v1/members/{mine}/benefits", json={"benefit": "cake", "reason": "Nice"})
        set_up = await service.post("/v1/benefits", json=DISCOUNT)
    async with signed_in(app, database, role="cashier") as cashier:
        out_of_sight = await cashier.post(f"/v1/members/{mine}/benefits/{cake}/use", json={})
        forbidden = await cashier.post(f"/v1/members/{mine}/benefits", json={"benefit": "cake", "reason": "Nice"})

    assert (used.status_code, granted.status_code, set_up.status_code) == (200, 201, 403)
    assert (out_of_sight.status_code, out_of_sight.json()["code"]) == (404, "members.not_found")
    assert forbidden.status_code == 403
    async with database.transaction() as session:
        assert [one[3] for one in await entitlements(session, mine)] == [1, 0]


async def test_running_benefits_are_not_granted(client: httpx.AsyncClient, database: Database):
    await client.post("/v1/benefits", json=DISCOUNT | {"levels": []})
    mine, _ = await a_cake(database)

    refused = await client.post(f"/v1/members/{mine}/benefits", json={"benefit": "gold-discount", "reason": "Nice"})

    assert (refused.status_code, refused.json()["code"]) == (409, "benefits.not_a_gift")
    async with database.transaction() as session:
        assert len(await entitlements(session, mine)) == 1
        assert (await get_benefit(session, "cake")).holds_on(date(2026, 1, 1))

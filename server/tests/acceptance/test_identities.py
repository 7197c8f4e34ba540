"""What a member is known by, and their status, over HTTP."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio


async def enrolled(client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await client.post("/v1/members", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_member_gains_proves_and_loses_an_identity(client: httpx.AsyncClient) -> None:
    one = await enrolled(client, phone="15400000001", name="王小明")
    path = f"/v1/members/{one['id']}/identities"

    gained = await client.post(path, json={"kind": "email", "value": "Wang@Example.com"})
    email = next(item for item in gained.json()["identities"] if item["kind"] == "email")
    proved = await client.post(f"{path}/{email['handle']}/verify", json={"how": "code"})
    found = await client.get("/v1/members/email:wang@example.com")
    removed = await client.post(f"{path}/{email['handle']}/remove", json={"reason": "打错了"})

    assert (gained.status_code, proved.status_code, removed.status_code) == (201, 200, 200)
    shown = next(item for item in proved.json()["identities"] if item["kind"] == "email")
    assert (shown["is_verified"], shown["verified_by"]) == (True, "code")
    assert found.json()["id"] == one["id"]
    assert [item["kind"] for item in removed.json()["identities"]] == ["phone"]
    assert (await client.get("/v1/members/email:wang@example.com")).status_code == 404
    assert (await client.get("/v1/members", params={"q": "wang@example.com"})).json()["items"] == []


async def test_the_last_identity_stays(client: httpx.AsyncClient) -> None:
    one = await enrolled(client, phone="15400000001")
    (phone,) = one["identities"]

    answer = await client.post(
        f"/v1/members/{one['id']}/identities/{phone['handle']}/remove", json={"reason": "不要了"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "members.last_identity")
    assert (await client.get("/v1/members/phone:15400000001")).json()["id"] == one["id"]


async def test_what_somebody_else_has_is_refused_or_taken_over(client: httpx.AsyncClient) -> None:
    one = await enrolled(client, phone="15400000001", email="a@example.com")
    other = await enrolled(client, phone="15400000002")
    path = f"/v1/members/{other['id']}/identities"

    refused = await client.post(path, json={"kind": "phone", "value": "15400000001"})
    assert (refused.status_code, refused.json()["code"]) == (409, "members.identity_taken")
    assert (await client.get("/v1/members/phone:15400000001")).json()["id"] == one["id"]

    taken = await client.post(path, json={"kind": "phone", "value": "15400000001", "take_over": True})
    assert taken.status_code == 201, taken.text
    assert (await client.get("/v1/members/phone:15400000001")).json()["id"] == other["id"]
    assert [item["kind"] for item in (await client.get(f"/v1/members/{one['id']}")).json()["identities"]] == ["email"]

    again = await client.post(path, json={"kind": "email", "value": "a@example.com", "take_over": True})
    assert (again.status_code, again.json()["code"]) == (409, "members.last_identity")


async def test_identities_of_the_merged_can_be_removed_at_the_survivor(client: httpx.AsyncClient) -> None:
    await enrolled(client, phone="15400000001", email="a@example.com")
    other = await enrolled(client, phone="15400000002")
    pair = {"absorbed": "phone:15400000001", "survivor": "phone:15400000002", "reason": "同一人"}
    assert (await client.post("/v1/merges", json=pair)).status_code == 201
    member = (await client.get(f"/v1/members/{other['id']}")).json()
    email = next(item for item in member["identities"] if item["kind"] == "email")

    removed = await client.post(
        f"/v1/members/{other['id']}/identities/{email['handle']}/remove", json={"reason": "停用"}
    )

    assert removed.status_code == 200, removed.text
    assert [item["value"] for item in removed.json()["identities"]] == ["154****0002", "154****0001"]


async def test_a_frozen_member_uses_nothing_and_a_repetition_is_answered(
    client: httpx.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    one = await enrolled(client, phone="15400000001")
    given = {"member": str(one["id"]), "currency": "points", "amount": 100}
    used = {**given, "amount": 30}
    await client.post("/v1/ledger/credits", json=given, headers={"Idempotency-Key": "c"})
    first = await client.post("/v1/ledger/debits", json=used, headers={"Idempotency-Key": "d"})

    frozen = await client.post(f"/v1/members/{one['id']}/status", json={"status": "frozen", "reason": "盗用举报"})
    again = await client.post("/v1/ledger/debits", json=used, headers={"Idempotency-Key": "d"})
    refused = await client.post("/v1/ledger/debits", json=used, headers={"Idempotency-Key": "e"})

    assert frozen.json()["status"] == "frozen"
    assert (again.status_code, again.json()) == (201, first.json())
    assert (refused.status_code, refused.json()["code"]) == (409, "members.not_active")
    async with database.transaction() as session:
        found = await session.execute(text("select before, after, reason from member_status_change"))
        assert [tuple(row) for row in found] == [("active", "frozen", "盗用举报")]
        kept = await session.execute(text("select sum(available) from ledger_account"))
        assert kept.scalar_one() == 70


async def test_somebody_is_found_or_made_by_any_of_their_identities(
    client: httpx.AsyncClient, database: Database
) -> None:
    made = await client.post("/v1/members/resolve", json={"phone": "15400000001", "name": "王小明"})
    known = await client.post("/v1/members/resolve", json={"phone": "15400000001", "email": "wang@example.com"})
    other = await client.post("/v1/members/resolve", json={"card": "VIP 001"})
    crossed = await client.post("/v1/members/resolve", json={"email": "wang@example.com", "card": "vip-001"})

    assert [one.json()["is_new"] for one in (made, known, other, crossed)] == [True, False, True, False]
    first, second = made.json()["member"]["id"], other.json()["member"]["id"]
    assert [known.json()["member"]["id"], crossed.json()["member"]["id"]] == [first, first]
    async with database.transaction() as session:
        found = await session.execute(
            text("select member_id, body from event where name = 'member.identities_crossed'")
        )
        assert [(row.member_id, row.body["other_id"]) for row in found] == [(first, second)]
    nobody = await client.post("/v1/members/resolve", json={"name": "王小明"})
    assert (nobody.status_code, nobody.json()["code"]) == (422, "members.no_identity")

"""Operations over HTTP: exact answers, repetition, refusals that change nothing, and who may."""

from itertools import count
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.loyalty.ledger.testing import two_currencies
from shuke.main.testing import signed_in
from shuke.people.members.testing import enrolled, external, person
from shuke.platform.db import Database

_keys = count(1)


@pytest.fixture
async def people(app: Any, database: Database) -> list[int]:
    async with database.transaction() as session:
        await two_currencies(session)
        return await enrolled(session, [person(None, external("1")), person(None, external("2"))])


async def post(client: httpx.AsyncClient, path: str, body: dict[str, Any], key: str | None = None) -> httpx.Response:
    headers = {"Idempotency-Key": key or f"k{next(_keys)}"}
    return await client.post(f"/v1/ledger/{path}", json=body, headers=headers)


async def counted(database: Database) -> list[int]:
    tables = ("ledger_operation", "ledger_entry", "ledger_lot", "ledger_hold", "ledger_adjustment", "event")
    async with database.transaction() as session:
        found = [(await session.execute(text("select count(*) from " + name))).scalar_one() for name in tables]
        # What was refused stands in the trail as well; it moved nothing.
        done = await session.execute(text("select count(*) from audit where result = 'ok'"))
        return [*found, done.scalar_one()]


async def balance(client: httpx.AsyncClient, member: int) -> tuple[int, ...]:
    found = (await client.get(f"/v1/ledger/accounts/{member}/points")).json()
    return found["version"], found["available"], found["pending"], found["held"], found["debt"]


async def test_a_day_of_a_member(client: httpx.AsyncClient, people: list[int]) -> None:
    member = {"member": str(people[0]), "currency": "points"}
    given = await post(client, "credits", {**member, "amount": 100, "reason": "welcome"})
    assert given.status_code == 201
    assert given.json()["entries"][0] | {"lot_no": 1} == given.json()["entries"][0]
    used = await post(client, "debits", {**member, "amount": 30})
    await post(client, "holds", {**member, "amount": 50, "minutes": 15})
    await post(client, "captures", {**member, "hold_no": 1, "amount": 20})
    await post(client, "releases", {**member, "hold_no": 1})
    back = await post(client, "reversals", {**member, "operation": used.json()["operation"], "reason": "returned"})
    assert back.json()["entries"][0]["amount"] == 30
    await post(
        client,
        "transfers",
        {
            "from_member": str(people[0]),
            "to_member": str(people[1]),
            "currency": "points",
            "amount": 10,
            "reason": "gift",
        },
    )

    assert await balance(client, people[0]) == (7, 70, 0, 0, 0)
    assert await balance(client, people[1]) == (1, 10, 0, 0, 0)
    query = {"member": str(people[0]), "operation": used.json()["operation"]}
    found = await client.get("/v1/ledger/operations", params=query)
    assert found.json() == used.json()


async def test_the_same_key_gives_the_same_bytes_and_other_content_is_refused(
    client: httpx.AsyncClient, people: list[int], database: Database
) -> None:
    body = {"member": str(people[0]), "currency": "points", "amount": 5}
    first = await post(client, "credits", body, key="once")
    before = await counted(database)

    again = await post(client, "credits", body, key="once")
    other = await post(client, "credits", {**body, "amount": 6}, key="once")

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotent-Replay"] == "true"
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")
    assert await counted(database) == before


@pytest.mark.parametrize(
    ("path", "more", "status", "code"),
    [
        ("debits", {"amount": 101}, 422, "ledger.not_enough"),
        ("debits", {"amount": 0}, 422, "request.invalid"),
        ("debits", {"amount": -1}, 422, "request.invalid"),
        ("debits", {"amount": 10**16}, 422, "request.invalid"),
        ("debits", {"amount": 10**30}, 422, "request.invalid"),
        ("debits", {"amount": 1.5}, 422, "request.invalid"),
        ("debits", {"amount": "5"}, 422, "request.invalid"),
        ("debits", {"amount": True}, 422, "request.invalid"),
        ("activities", {"activity": "transfer"}, 422, "request.invalid"),
        ("debits", {"amount": 1, "colour": "red"}, 422, "request.invalid"),
        ("debits", {"amount": 1, "currency": "gold"}, 404, "ledger.currency_not_found"),
        ("debits", {"amount": 1, "member": "999999"}, 404, "members.not_found"),
        ("debits", {"amount": 1, "if_version": 7}, 409, "ledger.version_conflict"),
        ("credits", {"amount": 1, "expires_on": "2001-01-01"}, 422, "ledger.day_out_of_range"),
        ("credits", {"amount": 1, "expires_on": "9999-12-31"}, 422, "ledger.day_out_of_range"),
        ("credits", {"amount": 1, "expires_on": "2026-02-30"}, 422, "request.invalid"),
        ("captures", {"hold_no": 4}, 409, "ledger.hold_closed"),
        ("releases", {"hold_no": 4}, 409, "ledger.hold_closed"),
        ("cancellations", {"lot_no": 1}, 409, "ledger.lot_not_pending"),
        ("maturities", {"lot_no": 1, "event": "x"}, 422, "request.invalid"),
        ("reversals", {"operation": "nothing", "reason": "r"}, 404, "ledger.operation_not_found"),
        ("adjustments", {"amount": 0, "reason": "r"}, 422, "ledger.nothing_to_adjust"),
        ("adjustments", {"amount": 1}, 422, "request.invalid"),
    ],
)
async def test_bad_input_is_a_coded_error_and_nothing_is_written(
    client: httpx.AsyncClient,
    people: list[int],
    database: Database,
    path: str,
    more: dict[str, Any],
    status: int,
    code: str,
) -> None:
    await post(client, "credits", {"member": str(people[0]), "currency": "points", "amount": 100})
    before = await counted(database)

    answer = await post(client, path, {"member": str(people[0]), "currency": "points", **more})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await counted(database) == before


async def test_a_refusal_says_how_much_is_missing(client: httpx.AsyncClient, people: list[int]) -> None:
    member = {"member": str(people[0]), "currency": "points"}
    await post(client, "credits", {**member, "amount": 100})

    answer = await post(client, "debits", {**member, "amount": 90, "keep_at_least": 30})

    assert "20" in answer.json()["detail"]
    assert await balance(client, people[0]) == (1, 100, 0, 0, 0)


async def test_a_key_is_demanded(client: httpx.AsyncClient, people: list[int], database: Database) -> None:
    before = await counted(database)
    body = {"member": str(people[0]), "currency": "points", "amount": 5}

    answer = await client.post("/v1/ledger/credits", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.key_missing")
    assert await counted(database) == before


async def test_a_reversal_is_never_reversed_and_never_exceeds(client: httpx.AsyncClient, people: list[int]) -> None:
    member = {"member": str(people[0]), "currency": "points"}
    await post(client, "credits", {**member, "amount": 100})
    used = (await post(client, "debits", {**member, "amount": 60})).json()["operation"]
    back = await post(client, "reversals", {**member, "operation": used, "amount": 40, "reason": "r"}, key="back")

    again = await post(client, "reversals", {**member, "operation": back.json()["operation"], "reason": "r"})
    much = await post(client, "reversals", {**member, "operation": used, "amount": 21, "reason": "r"})
    same = await post(client, "reversals", {**member, "operation": used, "amount": 40, "reason": "r"}, key="back")

    assert again.json()["code"] == "ledger.reversal_of_reversal"
    assert (much.status_code, much.json()["code"]) == (409, "ledger.already_reversed")
    assert same.content == back.content
    assert await balance(client, people[0]) == (3, 80, 0, 0, 0)


async def test_a_large_adjustment_waits_for_a_second_person(
    client: httpx.AsyncClient, people: list[int], database: Database
) -> None:
    async with database.transaction() as session:
        await session.execute(text("update ledger_currency set approval_above = 100"))
    member = {"member": str(people[0]), "currency": "points"}

    small = await post(client, "adjustments", {**member, "amount": 100, "reason": "goodwill"})
    large = await post(client, "adjustments", {**member, "amount": 101, "reason": "goodwill"}, key="large")
    again = await post(client, "adjustments", {**member, "amount": 101, "reason": "goodwill"}, key="large")

    assert (small.status_code, large.status_code, again.status_code) == (201, 202, 202)
    assert again.json() == large.json()
    assert await balance(client, people[0]) == (1, 100, 0, 0, 0)
    number = large.json()["id"]
    # Alone on this installation: the amount has to be typed.
    bare = await client.post(f"/v1/ledger/adjustments/{number}/approve", json={})
    assert bare.json()["code"] == "ledger.confirmation_wrong"
    typed = await client.post(f"/v1/ledger/adjustments/{number}/approve", json={"confirmation": "101"})
    assert typed.status_code == 200
    assert await balance(client, people[0]) == (2, 201, 0, 0, 0)
    twice = await client.post(f"/v1/ledger/adjustments/{number}/approve", json={"confirmation": "101"})
    assert (twice.status_code, twice.json()["code"]) == (409, "ledger.adjustment_decided")
    listed = (await client.get("/v1/ledger/adjustments?state=done")).json()["items"]
    assert [(one["id"], one["requested_by"]["actor"] == one["decided_by"]["actor"]) for one in listed] == [
        (number, True)
    ]


async def test_nobody_agrees_to_what_they_asked_for_by_way_of_a_key(
    app: FastAPI, client: httpx.AsyncClient, anonymous: httpx.AsyncClient, people: list[int], database: Database
) -> None:
    async with database.transaction() as session:
        await session.execute(text("update ledger_currency set approval_above = 100"))
    made = (await client.post("/v1/api-keys", json={"name": "till", "scopes": ["points.adjust"]})).json()
    headers = {"Authorization": f"Bearer {made['secret']}", "Idempotency-Key": "by-key"}
    body = {"member": str(people[0]), "currency": "points", "amount": 101, "reason": "goodwill"}
    asked = await anonymous.post("/v1/ledger/adjustments", json=body, headers=headers)
    path = f"/v1/ledger/adjustments/{asked.json()['id']}/approve"

    async with signed_in(app, database, role="manager") as colleague:
        own = await client.post(path, json={"confirmation": "101"})
        before = await balance(client, people[0])
        second = await colleague.post(path, json={})

    assert asked.status_code == 202
    assert (own.status_code, own.json()["code"]) == (403, "ledger.second_person_needed")
    assert before == (0, 0, 0, 0, 0)
    assert second.status_code == 200
    assert await balance(client, people[0]) == (1, 101, 0, 0, 0)


async def test_merging_and_undoing_at_once_gives_both_back(client: httpx.AsyncClient, people: list[int]) -> None:
    for member, amount in zip(people, (70, 30), strict=True):
        await post(client, "credits", {"member": str(member), "currency": "points", "amount": amount})

    merged = await post(
        client, "merges", {"from_member": str(people[0]), "into_member": str(people[1]), "reason": "same"}
    )
    assert (await balance(client, people[0]))[1] == 0
    assert (await balance(client, people[1]))[1] == 100
    body = {"member": str(people[0]), "operation": merged.json()["operation"], "reason": "two people"}
    undone = await post(client, "merge-undos", body)
    twice = await post(client, "merge-undos", body)

    assert undone.status_code == 201
    assert twice.json()["code"] == "ledger.already_reversed"
    assert (await balance(client, people[0]))[1] == 70
    assert (await balance(client, people[1]))[1] == 30


async def test_a_key_used_for_one_member_is_not_used_for_another(
    client: httpx.AsyncClient, people: list[int], database: Database
) -> None:
    body = {"currency": "points", "amount": 10}
    await post(client, "credits", {**body, "member": str(people[0])}, key="once")
    before = await counted(database)

    other = await post(client, "credits", {**body, "member": str(people[1])}, key="once")
    both = {"from_member": str(people[1]), "to_member": str(people[0]), **body, "reason": "gift"}
    pair = await post(client, "transfers", both, key="once")
    items = [{"do": "credit", "key": "once", **body, "member": str(people[1])}]
    batch = await client.post("/v1/ledger/batches", json={"items": items})

    assert [answer.json()["code"] for answer in (other, pair)] == ["idempotency.key_reused"] * 2
    assert batch.json()["results"][0]["error"]["code"] == "idempotency.key_reused"
    # A batch is audited whatever became of its items.
    assert (await counted(database))[:-1] == before[:-1]


async def test_a_merge_is_undone_and_not_reversed(client: httpx.AsyncClient, people: list[int]) -> None:
    await post(client, "credits", {"member": str(people[0]), "currency": "points", "amount": 10})
    both = {"from_member": str(people[0]), "into_member": str(people[1]), "reason": "same"}
    merged = (await post(client, "merges", both)).json()["operation"]

    for member in people:
        body = {"member": str(member), "currency": "points", "operation": merged, "reason": "r"}
        assert (await post(client, "reversals", body)).json()["code"] == "ledger.not_reversible"
    assert (await balance(client, people[1]))[1] == 10


async def test_one_person_does_not_get_round_the_second(
    client: httpx.AsyncClient, people: list[int], database: Database
) -> None:
    async with database.transaction() as session:
        await session.execute(text("update ledger_currency set approval_above = 100"))
    member = {"member": str(people[0]), "currency": "points"}

    for path in ("credits", "debits"):
        refused = await post(client, path, {**member, "amount": 101})
        assert (refused.status_code, refused.json()["code"]) == (403, "ledger.approval_needed")
    items = [{"do": "credit", "key": "b", **member, "amount": 101}]
    batch = await client.post("/v1/ledger/batches", json={"items": items})
    assert batch.json()["results"][0]["error"]["code"] == "ledger.approval_needed"
    first = await post(client, "adjustments", {**member, "amount": 60, "reason": "goodwill"})
    second = await post(client, "adjustments", {**member, "amount": 41, "reason": "goodwill"})

    assert (first.status_code, second.status_code) == (201, 202)
    assert await balance(client, people[0]) == (1, 60, 0, 0, 0)


async def test_what_was_asked_for_stays_what_it_is(
    client: httpx.AsyncClient, people: list[int], database: Database
) -> None:
    member = {"member": str(people[0]), "currency": "points"}
    async with database.transaction() as session:
        await session.execute(text("update ledger_currency set approval_above = 100"))
    asked = await post(client, "adjustments", {**member, "amount": 300, "reason": "r"}, key="large")
    await client.post(f"/v1/ledger/adjustments/{asked.json()['id']}/reject", json={"note": "no"})
    async with database.transaction() as session:
        await session.execute(text("update ledger_currency set approval_above = null"))

    again = await post(client, "adjustments", {**member, "amount": 300, "reason": "r"}, key="large")
    stale = await post(client, "adjustments", {**member, "amount": 3, "reason": "r", "if_version": 77})

    assert (again.status_code, again.json()["state"]) == (202, "withdrawn")
    assert stale.json()["code"] == "ledger.version_conflict"
    assert await balance(client, people[0]) == (0, 0, 0, 0, 0)


async def test_a_key_that_the_receiver_knows_is_not_used_for_a_transfer(
    client: httpx.AsyncClient, people: list[int], database: Database
) -> None:
    for member in people:
        await post(client, "credits", {"member": str(member), "currency": "points", "amount": 10}, key=f"k-{member}")
    before = await counted(database)
    both = {"from_member": str(people[0]), "to_member": str(people[1]), "currency": "points"}

    answer = await post(client, "transfers", {**both, "amount": 3, "reason": "gift"}, key=f"k-{people[1]}")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.key_reused")
    assert await counted(database) == before


async def test_a_batch_does_each_by_itself(client: httpx.AsyncClient, people: list[int]) -> None:
    first, second = ({"member": str(member), "currency": "points"} for member in people)
    items = [
        {"do": "credit", "key": "a", **first, "amount": 10},
        {"do": "debit", "key": "b", **first, "amount": 4},
        {"do": "debit", "key": "c", **second, "amount": 1},
        {"do": "credit", "key": "d", **second, "member": "999999", "amount": 1},
        {"do": "credit", "key": "a", **first, "amount": 10},
    ]

    answer = await client.post("/v1/ledger/batches", json={"items": items})
    again = await client.post("/v1/ledger/batches", json={"items": items})

    assert [one["status"] for one in answer.json()["results"]] == ["done", "done", "refused", "refused", "replayed"]
    assert [one["status"] for one in again.json()["results"]] == [
        "replayed",
        "replayed",
        "refused",
        "refused",
        "replayed",
    ]
    assert await balance(client, people[0]) == (2, 6, 0, 0, 0)
    assert await balance(client, people[1]) == (0, 0, 0, 0, 0)


async def test_who_may_only_read_moves_nothing(
    viewer: httpx.AsyncClient, people: list[int], database: Database
) -> None:
    before = await counted(database)
    body = {"member": str(people[0]), "currency": "points", "amount": 5, "reason": "r"}

    for path in ("credits", "debits", "holds", "adjustments"):
        assert (await post(viewer, path, body)).status_code == 403
    assert await counted(database) == before


async def test_a_currency_is_configured(client: httpx.AsyncClient, people: list[int]) -> None:
    policies = {
        "name_zh": "储值",
        "name_en": "Stored value",
        "expiry": {"kind": "none"},
        "negative": {"kind": "refuse"},
        "cap": {"amount": 1000, "mode": "reject"},
        "unit_cost_micro": 1_000_000,
    }
    made = await client.post("/v1/ledger/currencies", json={"code": "wallet", "kind": "stored_value", **policies})
    assert made.status_code == 201
    twice = await client.post("/v1/ledger/currencies", json={"code": "wallet", "kind": "stored_value", **policies})
    assert twice.json()["code"] == "ledger.currency_exists"

    body = {"member": str(people[0]), "currency": "wallet", "amount": 900}
    assert (await post(client, "credits", body)).status_code == 201
    assert (await post(client, "credits", body)).json()["code"] == "ledger.balance_cap_reached"

    stale = await client.put("/v1/ledger/currencies/wallet", json=policies, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    bad = await client.put("/v1/ledger/currencies/wallet", json={**policies, "expiry": {"kind": "after"}})
    assert bad.status_code == 422
    good = await client.put("/v1/ledger/currencies/wallet", json={**policies, "cap": None}, headers={"If-Match": '"1"'})
    assert (good.status_code, good.json()["version"]) == (200, 2)

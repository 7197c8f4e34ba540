"""What somebody may not see is not found out piece by piece either."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.commerce.orders.testing import stored
from shuke.foundation import organization
from shuke.foundation.organization.testing import narrowed
from shuke.main.testing import signed_in
from shuke.people import rights
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NAME, LATIN, NUMBER = "欧阳静怡", "Josephine Baker", "15400000001"


@pytest.fixture
async def people(app: FastAPI, database: Database) -> list[int]:
    async with database.transaction() as session:
        return await enrolled(session, [person(NAME, phone(NUMBER)), person(LATIN, phone("15400000002"))])


@pytest.fixture
async def blind(app: FastAPI, client: httpx.AsyncClient, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who sees every member, and neither their names nor their phones."""
    role = {"name_zh": "分析", "scope": "all", "permissions": ["members.read", "members.bulk", "members.status"]}
    made = await client.post("/v1/staff/roles", json={**role, "fields": {"name": "hidden", "phone": "hidden"}})
    assert made.status_code == 201, made.text
    async with signed_in(app, database, role=made.json()["code"]) as browser:
        yield browser


async def told(browser: httpx.AsyncClient, q: str) -> list[int]:
    """How many members every place that takes a search text tells of."""
    listed = (await browser.get("/v1/members", params={"q": q, "count": "capped"})).json()
    everything = (await browser.get("/v1/search", params={"q": q})).json()
    wish = {"action": "status", "parameters": {"status": "frozen"}, "filters": {"q": q}, "reason": "why not"}
    preview = (await browser.post("/v1/bulk-acts/preview", json=wish)).json()
    return [len(listed["items"]), listed["count"]["value"], len(everything["members"]), preview["members"]]


PIECES = ("欧阳", "静怡", "欧", "ouyang", "oy", "jo", "josephine ba", "0001")


@pytest.mark.parametrize("q", PIECES)
async def test_a_hidden_name_or_phone_is_not_found_by_a_piece(
    blind: httpx.AsyncClient, client: httpx.AsyncClient, people: list[int], q: str
):
    assert await told(client, q) == [1, 1, 1, 1]
    assert await told(blind, q) == [0, 0, 0, 0]


async def test_whoever_knows_the_whole_number_is_answered(blind: httpx.AsyncClient, people: list[int]):
    """The customer says it at the till; nothing that was not known comes back."""
    found = (await blind.get("/v1/search", params={"q": NUMBER})).json()["members"]

    assert [(one["id"], one["name"], one["phone"]) for one in found] == [(people[0], None, None)]


SEALED = [
    {"field": "member.gender", "operator": "=", "value": "female"},
    {"field": "member.age", "operator": "<", "value": 40},
    {"field": "member.birthday_month", "operator": "=", "value": 3},
    {"field": "member.phone", "operator": "beginsWith", "value": "1540000000"},
    {"field": "member.name", "operator": "beginsWith", "value": "欧"},
    {"field": "member.custom.secret", "operator": "beginsWith", "value": "a"},
]


@pytest.mark.parametrize("rule", SEALED, ids=lambda rule: str(rule["field"]))
async def test_sealed_values_are_not_guessed_by_conditions(
    client: httpx.AsyncClient, people: list[int], rule: dict[str, Any]
):
    """Not even by who may see everything: conditions would leave no trace of what was looked at."""
    field = {"key": "secret", "kind": "text", "label": {"zh": "密", "en": "Secret"}, "is_personal": True}
    assert (await client.post("/v1/custom-fields", json=field)).status_code == 201
    condition = json.dumps({"combinator": "and", "rules": [rule]})
    wish = {"action": "status", "parameters": {"status": "frozen"}, "reason": "why not"}

    answers = [
        await client.get("/v1/members", params={"condition": condition}),
        await client.get("/v1/members", params={"condition": condition, "count": "capped"}),
        await client.post("/v1/bulk-acts/preview", json={**wish, "filters": {"condition": condition}}),
    ]

    assert {one.status_code for one in answers} == {422}
    assert {one.json()["code"] for one in answers} <= {"condition.is_invalid", "condition.fact_not_for_sets"}
    sorted_by = await client.get("/v1/members", params={"sort": "custom.secret"})
    filtered = await client.get("/v1/members", params={"custom.secret": "a"})
    assert sorted_by.status_code == 422
    assert filtered.status_code == 422


async def test_a_shared_view_shows_nobody_more_than_they_see(
    client: httpx.AsyncClient, blind: httpx.AsyncClient, people: list[int]
):
    content = {
        "filters": {"q": NAME, "phone": NUMBER, "status": "active"},
        "sort": "-joined_at",
        "columns": [{"key": "name"}, {"key": "phone"}],
    }
    view = {"list": "members", "name": "我们的", "is_shared": True, "content": content}
    made = await client.post("/v1/views", json=view)
    assert made.status_code == 201, made.text

    shared = await blind.get("/v1/views", params={"list": "members"})
    listed = (await blind.get("/v1/members", params={"status": "active", "sort": "-joined_at"})).json()["items"]

    assert [one["name"] for one in shared.json()["items"]] == ["我们的"]
    assert NAME not in shared.text
    assert NUMBER not in shared.text
    assert {(one["name"], one["phone"]) for one in listed} == {(None, None)}


async def test_the_takings_of_other_stores_are_not_told(app: FastAPI, client: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        stores = await organization.ensure_stores(
            session, [organization.NewStore(code=code, name=code) for code in ("north", "south")]
        )
        at = datetime(2026, 3, 1, 4, tzinfo=UTC)
        await stored(session, "N-1", [("MUG", "1", "10")], store_id=stores["north"], placed_at=at)
        await stored(session, "S-1", [("MUG", "1", "70")], store_id=stores["south"], placed_at=at)
        await session.execute(
            text("update staff_role set permissions = permissions || array['orders.read'] where code = 'manager'")
        )

    async def sales(browser: httpx.AsyncClient, **asked: Any) -> tuple[int, int]:
        answer = await browser.get("/v1/takings", params={"day": "2026-03-01", **asked})
        assert answer.status_code == 200, answer.text
        found = answer.json()["sales"]
        return found["count"], found["gross_minor"]

    async with signed_in(app, database, role="manager") as browser:
        async with database.transaction() as session:
            await narrowed(session, role="manager", stores=[stores["north"]])
        seen = [await sales(browser), await sales(browser, store=stores["south"])]
        figures = await browser.get("/v1/dashboard/file", params={"part": "figures"})

    assert await sales(client) == (2, 8_000)
    assert seen == [(1, 1_000), (0, 0)]
    assert (figures.status_code, figures.json()["code"]) in [
        (403, "request.out_of_sight"),
        (403, "request.not_allowed"),
    ]


async def test_notes_go_with_the_member(client: httpx.AsyncClient, database: Database, people: list[int]):
    words = "对花生过敏"
    headers = {"Idempotency-Key": "note-once-and-for-all"}
    at = f"/v1/members/{people[0]}"
    assert (await client.post(f"{at}/notes", json={"text": words}, headers=headers)).status_code == 201
    promise = {"text": words, "due_at": "2030-01-01T00:00:00Z", "assignee_id": (await _me(client))}
    assert (await client.post(f"{at}/follow-ups", json=promise)).status_code == 201
    async with database.transaction() as session:
        await rights.erase_person(session, people[0], because="request", request_id=None, actor="system:0")

    answers = [
        await client.get(f"{at}/notes"),
        await client.get("/v1/follow-ups", params={"whose": "all"}),
        await client.get("/v1/search", params={"q": words}),
        await client.get(f"{at}/timeline"),
        await client.post(f"{at}/notes", json={"text": words}, headers=headers),
    ]

    assert all(words not in one.text for one in answers)
    assert not (await client.get("/v1/follow-ups", params={"whose": "all"})).json()["items"]
    async with database.transaction() as session:
        for table in ("member_note", "member_follow_up"):
            left = await session.execute(text(f"select count(*) from {table} where member_id = {people[0]}"))
            assert left.scalar_one() == 0


async def _me(client: httpx.AsyncClient) -> int:
    return int((await client.get("/v1/session")).json()["user"]["id"])

"""Saved views of lists."""

from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text

from shuke.main.testing import signed_in
from shuke.platform.db import Database

from ..rules import arranged, kept
from ..views import MOST_BYTES, MOST_VIEWS

_URL = "/v1/views"
_CONTENT = {
    "filters": {"tier": "gold", "spend_min": "1000"},
    "sort": "-points_available",
    "columns": [{"key": "points", "width": 140, "hidden": False}, {"key": "store", "width": None, "hidden": True}],
    "rows": 100,
    "condition": None,
}


async def _make(client: AsyncClient, **values: Any) -> dict[str, Any]:
    answer = await client.post(_URL, json={"list": "members", "name": "金卡", "content": _CONTENT, **values})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def _seen(client: AsyncClient, list_name: str = "members") -> dict[str, Any]:
    answer = await client.get(_URL, params={"list": list_name})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def _names(client: AsyncClient, list_name: str = "members") -> list[str]:
    return [one["name"] for one in (await _seen(client, list_name))["items"]]


async def test_a_view_is_found_again_as_it_was_kept(client: AsyncClient) -> None:
    made = await _make(client)
    assert made["content"] == _CONTENT
    assert (made["is_mine"], made["is_shared"]) == (True, False)
    assert await _seen(client) == {"items": [made], "default_id": None, "pinned": []}
    assert await _names(client, "orders") == []


async def test_others_see_what_is_shared_and_nothing_else(client: AsyncClient, viewer: AsyncClient) -> None:
    own = await _make(client, name="自己的")
    await _make(client, name="大家的", is_shared=True)
    (shared,) = (await _seen(viewer))["items"]
    assert (shared["name"], shared["is_mine"]) == ("大家的", False)
    # What is somebody else's is not there for others.
    assert (await viewer.patch(f"{_URL}/{own['id']}", json={"name": "x"})).status_code == 404
    assert (await viewer.delete(f"{_URL}/{own['id']}")).status_code == 404
    assert await _names(client) == ["大家的", "自己的"]


async def test_sharing_needs_its_right(client: AsyncClient, viewer: AsyncClient) -> None:
    shared = await _make(client, name="shared", is_shared=True)
    refused = await viewer.post(_URL, json={"list": "members", "name": "mine", "is_shared": True, "content": {}})
    assert (refused.status_code, refused.json()["code"]) == (403, "request.not_allowed")
    assert (await viewer.patch(f"{_URL}/{shared['id']}", json={"name": "x"})).status_code == 403
    assert (await viewer.delete(f"{_URL}/{shared['id']}")).status_code == 403
    mine = await _make(viewer, name="mine")
    assert (await viewer.patch(f"{_URL}/{mine['id']}", json={"is_shared": True})).status_code == 403
    assert [(one["name"], one["is_shared"]) for one in (await _seen(viewer))["items"]] == [
        ("mine", False),
        ("shared", True),
    ]


async def test_whoever_may_share_looks_after_shared_views(
    client: AsyncClient, app: FastAPI, database: Database
) -> None:
    shared = await _make(client, name="shared", is_shared=True)
    async with signed_in(app, database, role="marketer") as marketer:
        changed = await marketer.patch(f"{_URL}/{shared['id']}", json={"content": {"filters": {"tier": "silver"}}})
        assert changed.status_code == 200
    (found,) = (await _seen(client))["items"]
    assert (found["is_mine"], found["name"], found["content"]["filters"]) == (True, "shared", {"tier": "silver"})
    assert (await client.patch(f"{_URL}/{shared['id']}", json={"is_shared": False})).status_code == 200
    async with signed_in(app, database, role="auditor") as looker:
        assert await _names(looker) == []


async def test_what_was_typed_to_find_somebody_is_never_kept(client: AsyncClient) -> None:
    filters = {"q": "13800001111", "search": "李雷", "member": "M-1", "tier": "gold"}
    made = await _make(client, content={"filters": filters}, is_shared=True)
    assert made["content"]["filters"] == {"tier": "gold"}
    changed = await client.patch(f"{_URL}/{made['id']}", json={"content": {"filters": {"q": "13800001111"}}})
    assert changed.json()["content"]["filters"] == {}


async def test_a_default_is_ones_own_and_may_be_a_shared_view(client: AsyncClient, viewer: AsyncClient) -> None:
    first, second = await _make(client, name="a", is_shared=True), await _make(client, name="b", is_shared=True)
    wanted = {"list": "members", "default_id": first["id"], "pinned": [second["id"], first["id"]]}
    assert (await viewer.put(f"{_URL}/arrangement", json=wanted)).status_code == 204
    seen = await _seen(viewer)
    assert (seen["default_id"], seen["pinned"]) == (first["id"], [second["id"], first["id"]])
    theirs = await _seen(client)
    assert (theirs["default_id"], theirs["pinned"]) == (None, [])
    # What is gone is nobody's default any more.
    assert (await client.delete(f"{_URL}/{first['id']}")).status_code == 204
    seen = await _seen(viewer)
    assert (seen["default_id"], seen["pinned"]) == (None, [second["id"]])


async def test_only_what_one_may_use_can_be_a_default(client: AsyncClient, viewer: AsyncClient) -> None:
    own = await _make(client)
    for wanted in ({"default_id": own["id"]}, {"pinned": [own["id"]]}):
        refused = await viewer.put(f"{_URL}/arrangement", json={"list": "members", **wanted})
        assert (refused.status_code, refused.json()["code"]) == (404, "view.not_found")
    other_list = await client.put(f"{_URL}/arrangement", json={"list": "orders", "default_id": own["id"]})
    assert other_list.status_code == 404
    assert (await _seen(viewer))["default_id"] is None
    assert (await _seen(client, "orders"))["default_id"] is None


async def test_a_shared_view_stays_when_its_owner_leaves_and_can_be_taken_over(
    client: AsyncClient, app: FastAPI, database: Database
) -> None:
    async with signed_in(app, database, role="marketer") as leaver:
        shared = await _make(leaver, name="theirs", is_shared=True)
    url = f"{_URL}/{shared['id']}/take-over"
    refused = await client.post(url)
    assert (refused.status_code, refused.json()["code"]) == (409, "view.owner_is_here")
    assert [one["is_mine"] for one in (await _seen(client))["items"]] == [False]
    async with database.transaction() as session:
        owner = (await session.execute(text("select owner_id from saved_view"))).scalar_one()
        await session.execute(text("update staff_user set is_active = false where user_id = :owner"), {"owner": owner})
    async with signed_in(app, database, role="viewer") as looker:
        assert (await looker.post(url)).status_code == 403
        assert await _names(looker) == ["theirs"]
    taken = await client.post(url)
    assert (taken.status_code, taken.json()["is_mine"]) == (200, True)


async def test_what_is_too_large_or_too_much_is_refused(client: AsyncClient) -> None:
    large = {"filters": {f"f{number}": "x" * 1000 for number in range(MOST_BYTES // 1000 + 1)}}
    refused = await client.post(_URL, json={"list": "members", "name": "large", "content": large})
    assert (refused.status_code, refused.json()["code"]) == (422, "view.too_large")
    for number in range(MOST_VIEWS):
        await _make(client, name=f"view {number}", content={})
    more = await client.post(_URL, json={"list": "members", "name": "more", "content": {}})
    assert (more.status_code, more.json()["code"]) == (409, "view.too_many")
    assert len(await _names(client)) == MOST_VIEWS
    await _make(client, list="orders", content={})


async def test_content_has_a_shape(client: AsyncClient) -> None:
    for content in (
        {"filters": {"tier": 1}},
        {"filters": {"tier": {"a": "b"}}},
        {"columns": ["points"]},
        {"columns": [{"key": "points", "width": 5}]},
        {"sort": 1},
        {"rows": 100_000},
        {"anything": "else"},
        {"filters": {"tier": "a\x00b"}},
        {"condition": {"field": "a\x00b"}},
    ):
        refused = await client.post(_URL, json={"list": "members", "name": "odd", "content": content})
        assert refused.status_code == 422, content
    for name in ("", "  ", "x" * 61, "a\x00b"):
        assert (await client.post(_URL, json={"list": "members", "name": name, "content": {}})).status_code == 422
    assert await _names(client) == []


async def test_nobody_keeps_views_without_signing_in(client: AsyncClient, anonymous: AsyncClient) -> None:
    made = await _make(client, is_shared=True)
    assert (await anonymous.get(_URL, params={"list": "members"})).status_code == 401
    assert (await anonymous.delete(f"{_URL}/{made['id']}")).status_code == 401
    assert await _names(client) == ["金卡"]


def test_kept_leaves_the_rest_as_it_is() -> None:
    content = {"filters": {"q": "a", "store": "3"}, "sort": "-points", "columns": [], "rows": None}
    assert kept(content) == {**content, "filters": {"store": "3"}}
    assert content["filters"] == {"q": "a", "store": "3"}


def test_an_arrangement_that_makes_no_sense_arranges_nothing() -> None:
    assert arranged(None, {1}) == (None, [])
    assert arranged("text", {1}) == (None, [])
    assert arranged({"default_id": 2, "pinned": "1"}, {1}) == (None, [])
    assert arranged({"default_id": 1, "pinned": [2, 1, 1]}, {1}) == (1, [1])

"""Definitions of custom fields over HTTP."""

import asyncio
from typing import Any

import httpx
import pytest

from shuke.foundation.customization import actions

TEXT: dict[str, Any] = {"key": "shoe", "kind": "text", "label": {"zh": "鞋码", "en": "Shoe size"}}


async def fields(client: httpx.AsyncClient) -> list[str]:
    return [one["key"] for one in (await client.get("/v1/custom-fields")).json()["items"]]


async def test_a_field_is_renamed_archived_and_brought_back_under_its_key(client: httpx.AsyncClient) -> None:
    added = await client.post("/v1/custom-fields", json=TEXT)
    body = {"label": {"zh": "尺码", "en": "Size"}, "limits": {"longest": 5}}

    renamed = await client.put("/v1/custom-fields/shoe", json=body, headers={"If-Match": '"1"'})
    stale = await client.put("/v1/custom-fields/shoe", json=body, headers={"If-Match": '"1"'})
    archived = await client.post("/v1/custom-fields/shoe/archive")
    shown = await fields(client)
    taken = await client.post("/v1/custom-fields", json=TEXT)
    restored = await client.post("/v1/custom-fields/shoe/restore")

    assert added.status_code == 201
    assert (renamed.json()["label"]["zh"], renamed.json()["version"]) == ("尺码", 2)
    assert (stale.status_code, stale.json()["code"]) == (412, "custom_fields.version_changed")
    assert (archived.json()["is_archived"], shown) == (True, [])
    assert (taken.status_code, taken.json()["code"]) == (409, "custom_fields.key_taken")
    assert restored.json()["limits"]["longest"] == 5
    assert await fields(client) == ["shoe"]


async def test_fields_are_put_into_order(client: httpx.AsyncClient) -> None:
    for key in ("a", "b", "c"):
        await client.post("/v1/custom-fields", json=TEXT | {"key": key})

    await client.put("/v1/custom-fields/order", json={"keys": ["c", "a"]})
    unknown = await client.put("/v1/custom-fields/order", json={"keys": ["x"]})

    assert unknown.status_code == 404
    assert await fields(client) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"is_personal": True, "is_filterable": True}, "/is_filterable"),
        ({"limits": {"pattern": "(a+)+$"}}, "/limits/pattern"),
        ({"kind": "choice"}, "/choices"),
        ({"default": 5}, "/default"),
    ],
)
async def test_what_does_not_fit_together_is_pointed_at(
    client: httpx.AsyncClient, body: dict[str, Any], pointer: str
) -> None:
    answer = await client.post("/v1/custom-fields", json=TEXT | body)

    assert (answer.status_code, answer.json()["code"]) == (422, "custom_fields.bad_definition")
    assert pointer in answer.text
    assert await fields(client) == []


async def test_the_limit_holds_also_against_many_at_once(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_FIELDS", 3)

    answers = await asyncio.gather(
        *(client.post("/v1/custom-fields", json=TEXT | {"key": f"f{place}"}) for place in range(6))
    )

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 3
    assert len(await fields(client)) == 3


async def test_who_may_not_change_fields_reads_them(client: httpx.AsyncClient, viewer: httpx.AsyncClient) -> None:
    await client.post("/v1/custom-fields", json=TEXT)

    refused = await viewer.post("/v1/custom-fields", json=TEXT | {"key": "b"})

    assert refused.status_code == 403
    assert await fields(viewer) == ["shoe"]

"""Settings of one person."""

from typing import Any

from httpx import AsyncClient

from ..settings import MOST_BYTES, MOST_SETTINGS

_URL = "/v1/session/settings"


async def _kept(client: AsyncClient) -> dict[str, Any]:
    answer = await client.get(_URL)
    assert answer.status_code == 200
    kept: dict[str, Any] = answer.json()["settings"]
    return kept


async def test_a_setting_is_found_again_and_replaced(client: AsyncClient, viewer: AsyncClient) -> None:
    assert (await client.put(f"{_URL}/home.layout", json={"value": {"cards": ["sales"]}})).status_code == 204
    assert (await client.put(f"{_URL}/home.layout", json={"value": {"cards": ["tiers"]}})).status_code == 204
    assert (await client.put(f"{_URL}/tour", json={"value": {"step": 2}})).status_code == 204
    assert await _kept(client) == {"home.layout": {"cards": ["tiers"]}, "tour": {"step": 2}}
    # Somebody else arranges their own.
    assert await _kept(viewer) == {}
    assert (await client.delete(f"{_URL}/tour")).status_code == 204
    assert (await client.delete(f"{_URL}/tour")).status_code == 204
    assert await _kept(client) == {"home.layout": {"cards": ["tiers"]}}


async def test_what_is_too_large_or_too_much_is_refused(client: AsyncClient) -> None:
    large = await client.put(f"{_URL}/large", json={"value": {"text": "x" * MOST_BYTES}})
    assert (large.status_code, large.json()["code"]) == (422, "setting.too_large")
    assert await _kept(client) == {}
    for number in range(MOST_SETTINGS):
        assert (await client.put(f"{_URL}/k{number}", json={"value": {}})).status_code == 204
    more = await client.put(f"{_URL}/one-more", json={"value": {}})
    assert (more.status_code, more.json()["code"]) == (409, "setting.too_many")
    assert (await client.put(f"{_URL}/k0", json={"value": {"new": True}})).status_code == 204
    assert len(await _kept(client)) == MOST_SETTINGS


async def test_keys_are_plain_names(client: AsyncClient) -> None:
    for key in ("Home", "a b", "9", "x" * 61):
        assert (await client.put(f"{_URL}/{key}", json={"value": {}})).status_code == 422
    assert await _kept(client) == {}


async def test_nobody_arranges_without_signing_in(anonymous: AsyncClient) -> None:
    assert (await anonymous.get(_URL)).status_code == 401
    assert (await anonymous.put(f"{_URL}/tour", json={"value": {}})).status_code == 401

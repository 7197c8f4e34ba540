"""Odd requests to every route: nothing breaks, no status comes that is not declared, and what cannot be stored is 422.

The longer proof against the real web server, from the OpenAPI and for every role: `python -m verification.fuzz`.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from shuke.foundation.staff import rules
from tests.authorization.calls import ROUTES, Call, access, calls_about
from tests.authorization.ground import SCOPES, Ground, browser

UNSTORABLE = ("\x00", "a\x00b", "\ud800", 2**63, -(2**63) - 1, 10**400)
ODD = (
    *(None, "", " ", "x" * 5_000, -1, 0, 2**63 - 1, 1.5, True, [], {}, [[[]]]),
    *("'; --", "../../etc", "=1+1", "２", "\u202e"),
)


def places(body: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a body."""
    if here:
        yield here
    for key, inner in body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ():
        yield from places(inner, (*here, key))


def put(body: Any, where: tuple[Any, ...], value: Any) -> Any:
    """The body with another value at one place."""
    if not where:
        return value
    changed = body.copy()
    changed[where[0]] = put(body[where[0]], where[1:], value)
    return changed


def declared(ground: Ground, name: str) -> set[int]:
    method, path = name.split(" ")
    operation = ground.dry.openapi()["paths"][re.sub(r":[a-z]+\}", "}", path)][method.lower()]
    return {int(status) for status in operation["responses"]}


async def send(client: httpx.AsyncClient, call: Call) -> httpx.Response:
    content = None if call.body is None else json.dumps(call.body).encode()
    headers = {**call.headers, "Content-Type": "application/json", "Idempotency-Key": f"odd-{random.getrandbits(64)}"}
    return await client.request(call.method, call.url, content=content, headers=headers)


def variants(call: Call, values: tuple[Any, ...], chance: random.Random, most: int) -> list[Call]:
    """Some of the bodies that have one value replaced by an odd one; and the same in the query."""
    found = []
    if isinstance(call.body, dict | list):
        found = [replace(call, body=put(call.body, where, value)) for where in places(call.body) for value in values]
    return chance.sample(found, min(most, len(found)))


def everything(ground: Ground) -> list[Call]:
    return [call for call in calls_about(ground, ROUTES, ["ann"]) if not call.is_upload and "/session" not in call.url]


async def test_what_cannot_be_stored_is_refused_before_anything_looks_at_it(ground: Ground):
    chance = random.Random(1)
    found = {}
    async with browser(ground.dry, ground.second) as client:
        for call in everything(ground):
            for odd in variants(call, UNSTORABLE, chance, 3):
                answer = await send(client, odd)
                if answer.status_code != 422:
                    found[f"{odd.route} {odd.body!r}"[:200]] = answer.status_code

    assert found == {}


@pytest.mark.parametrize("value", ["%00", "a%00b", str(2**63), "9" * 400])
async def test_what_cannot_be_stored_is_refused_in_addresses(ground: Ground, value: str):
    found = {}
    async with browser(ground.dry, ground.second) as client:
        for name in ROUTES:
            method, path = name.split(" ")
            if "{" in path and not path.startswith("/v1/session"):
                answer = await client.request(method, re.sub(r"\{[^}]+\}", value, path), json={})
                if answer.status_code != 422:
                    found[name] = answer.status_code

    assert found == {}


@pytest.mark.parametrize(
    "role", ["administrator", *(role.code for role in rules.BUILT_IN_ROLES[1:]), "clerk", "nobody"]
)
async def test_odd_values_get_declared_answers(ground: Ground, role: str):
    chance = random.Random(role)
    patterns = {one.code: one.patterns for one in rules.BUILT_IN_ROLES}.get(role, ("*",))
    scope = SCOPES["own store" if role == "clerk" else "all"]
    token = None if role == "nobody" else await ground.caller(patterns, scope)
    wrong = {}
    async with browser(ground.dry, token) as client:
        for call in everything(ground):
            if access(call.route).label == "public":
                continue
            for odd in [call, *variants(call, ODD, chance, 2)]:
                answer = await send(client, odd)
                if answer.status_code not in declared(ground, call.route) or answer.status_code == 500:
                    wrong[f"{call.route} {odd.body!r}"[:300]] = f"{answer.status_code} {answer.text[:200]}"

    assert wrong == {}

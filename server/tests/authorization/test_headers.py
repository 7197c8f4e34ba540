"""Every answer of every route carries the headers that keep browsers from being used against the shop."""

import httpx
import pytest
from fastapi import FastAPI

from tests.authorization.calls import ROUTES, calls_about
from tests.authorization.ground import Ground, browser

WANTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def missing(answer: httpx.Response) -> list[str]:
    found = [name for name, value in WANTED.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("content-security-policy", "")
    found += [
        part for part in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'") if part not in policy
    ]
    if "script-src" in policy and "unsafe" in policy.partition("script-src")[2].partition(";")[0]:
        found.append("a script policy without exceptions")
    if answer.request.url.path.startswith("/v1") and "no-store" not in answer.headers.get("cache-control", ""):
        found.append("no-store")
    return found


@pytest.mark.parametrize("who", ["administrator", "nobody"])
async def test_every_answer_is_dressed(ground: Ground, who: str):
    calls = calls_about(ground, ROUTES, ["ann"])
    found = {}
    for call in calls:
        async with browser(ground.dry, ground.second if who == "administrator" else None) as client:
            answer = await call.send(client)
        if missing(answer):
            found[f"{call.route} {answer.status_code}"] = missing(answer)

    assert found == {}
    assert {call.route for call in calls} == ROUTES.keys()


@pytest.mark.parametrize("path", ["/v1/nothing-here", "/v1/members/%00", "/nothing-here"])
async def test_refusals_before_any_route_are_dressed(ground: Ground, path: str):
    async with browser(ground.dry, ground.second) as client:
        answer = await client.get(path)

    assert answer.status_code >= 400 or path == "/nothing-here"
    assert missing(answer) == []


async def test_no_other_site_is_allowed_to_read(ground: Ground):
    app: FastAPI = ground.dry
    async with browser(app, ground.second) as client:
        answer = await client.get("/v1/members", headers={"Origin": "https://elsewhere.example"})
        asked = await client.options("/v1/members", headers={"Origin": "https://elsewhere.example"})

    names = {name for found in (answer, asked) for name in found.headers if name.startswith("access-control-")}
    assert names == set()

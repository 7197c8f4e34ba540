"""Keys over HTTP: what they may do, how they end, and that a signed request counts once."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.api_keys import actions, rules
from shuke.foundation.organization import NewStore, ensure_stores
from shuke.main.testing import signed_in
from shuke.platform import clock, ids, module
from shuke.platform.compose import access_of, api_routes
from shuke.platform.db import Database
from shuke.platform.limits import Limits


@pytest.fixture
async def program(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A program without cookies and without the console's header."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://test"
    ) as client:
        yield client


async def a_key(client: httpx.AsyncClient, **values: Any) -> dict[str, Any]:
    answer = await client.post("/v1/api-keys", json={"name": "till 1", "scopes": ["members.read"], **values})
    assert answer.status_code == 201, answer.text
    return answer.json()


def bearer(made: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {made['secret']}"}


def signed(made: dict[str, Any], method: str, target: str, body: bytes = b"", **changed: Any) -> dict[str, str]:
    at = int(changed.get("at", clock.wall().timestamp()))
    nonce = changed.get("nonce") or ids.new_token()
    token = rules.read_token(made["secret"])
    assert token is not None
    mac = rules.sign(rules.signing_key(token.secret), rules.string_to_sign(method, target, body, at, nonce))
    return {
        "X-Shuke-Key": str(made["id"]),
        "X-Shuke-Time": str(at),
        "X-Shuke-Nonce": nonce,
        "X-Shuke-Signature": f"v1={mac}",
        "Content-Type": "application/json",
    }


async def test_a_key_is_shown_once_and_only_its_hash_is_kept(client: httpx.AsyncClient, database: Database):
    made = await a_key(client)

    listed = await client.get("/v1/api-keys")
    async with database.transaction() as session:
        stored = str((await session.execute(text("select * from api_key_secret"))).all())
        answers = str((await session.execute(text("select * from idempotency"))).all())
    secret = made["secret"].split("_", 2)[2]
    assert made["secret"].startswith(f"sk_{made['id']}_")
    assert secret not in listed.text
    assert secret not in stored + answers


async def test_a_key_reads_and_writes_without_the_consoles_header(
    client: httpx.AsyncClient, program: httpx.AsyncClient
):
    made = await a_key(client, scopes=["members.read", "orders.write"])

    read = await program.get("/v1/members", headers=bearer(made))
    written = await program.post("/v1/orders", headers=bearer(made), json={})

    assert read.status_code == 200
    assert written.status_code == 422


@pytest.mark.parametrize("scope", ["members.read", "orders.write", "points.operate"])
async def test_a_key_may_do_exactly_what_its_scopes_say(
    client: httpx.AsyncClient, program: httpx.AsyncClient, scope: str
):
    made = await a_key(client, scopes=[scope])

    refused, let_in = [], []
    for route in api_routes(module.installed()):
        access = access_of(route)
        assert access is not None
        if access.label == "public":
            continue
        (method,) = sorted((route.methods or set()) - {"HEAD"})[:1]
        path = route.path.replace("{", "").replace("}", "")
        answer = await program.request(method, path, headers=bearer(made), json=None if method == "GET" else {})
        (refused if answer.status_code == 403 else let_in).append(access.label)

    assert set(let_in) == {scope}
    assert scope not in refused


async def test_a_key_is_never_taken_from_the_address(client: httpx.AsyncClient, program: httpx.AsyncClient):
    made = await a_key(client)

    for name in ("api_key", "key", "token", "access_token", "authorization"):
        answer = await program.get("/v1/members", params={name: made["secret"]})
        assert answer.status_code == 401


async def test_who_guesses_keys_is_slowed_down(program: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Limits, "take_from_address", lambda self, address: self.take(f"address:{address}", 3))
    guesses = [{"secret": f"sk_{number}_{'x' * 43}"} for number in range(1, 7)]

    answers = [await program.get("/v1/members", headers=bearer(guess)) for guess in guesses]

    assert [answer.status_code for answer in answers[:3]] == [401, 401, 401]
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "request.too_many")


@pytest.mark.parametrize("path", ["/v1/session", "/v1/sign-ins"])
async def test_what_is_about_a_person_refuses_keys(client: httpx.AsyncClient, program: httpx.AsyncClient, path: str):
    made = await a_key(client)

    answer = await program.get(path, headers=bearer(made))

    assert (answer.status_code, answer.json()["code"]) == (403, "request.staff_only")


async def test_nobody_gives_a_key_more_than_they_may_do(
    app: FastAPI, database: Database, monkeypatch: pytest.MonkeyPatch
):
    async with database.transaction() as session:
        await session.execute(
            text(
                "insert into staff_role (code, name_zh, name_en, permissions, is_built_in) "
                "values ('keeper', 'x', 'x', '{api_keys.*,members.read}', false)"
            )
        )
    async with signed_in(app, database, role="keeper") as keeper:
        more = await keeper.post("/v1/api-keys", json={"name": "x", "scopes": ["members.read", "orders.write"]})
        same = await keeper.post("/v1/api-keys", json={"name": "x", "scopes": ["members.read"]})
        widened = await keeper.patch(f"/v1/api-keys/{same.json()['id']}", json={"scopes": ["orders.write"]})
        listed = (await keeper.get("/v1/api-keys")).json()["items"]

    assert (more.status_code, more.json()["code"]) == (403, "api_key.scope_not_yours")
    assert (widened.status_code, widened.json()["code"]) == (403, "api_key.scope_not_yours")
    assert [(item["name"], item["scopes"]) for item in listed] == [("x", ["members.read"])]


async def test_nobody_is_shown_the_secret_of_a_key_that_may_do_more_than_they(
    client: httpx.AsyncClient, app: FastAPI, database: Database, program: httpx.AsyncClient
):
    wide = await a_key(client, scopes=["members.read", "orders.write"])
    async with signed_in(app, database, role="security_administrator") as keeper:
        answer = await keeper.post(f"/v1/api-keys/{wide['id']}/secrets", json={"grace_hours": 0})

    assert (answer.status_code, answer.json()["code"]) == (403, "api_key.scope_not_yours")
    assert "secret" not in answer.json()
    # The one before has not ended.
    assert (await program.get("/v1/members", headers=bearer(wide))).status_code == 200


@pytest.mark.parametrize("scope", ["staff.read", "api_keys.write", "audit.read", "points.approve", "nothing.read"])
async def test_managing_people_keys_and_the_trail_is_not_for_keys(client: httpx.AsyncClient, scope: str):
    answer = await client.post("/v1/api-keys", json={"name": "x", "scopes": [scope]})

    assert (answer.status_code, answer.json()["code"]) == (422, "api_key.scope_not_for_keys")
    assert (await client.get("/v1/api-keys")).json()["items"] == []


async def test_a_disabled_or_expired_key_is_turned_away_at_once(
    client: httpx.AsyncClient, program: httpx.AsyncClient, database: Database
):
    made = await a_key(client)
    await client.post(f"/v1/api-keys/{made['id']}/disable")
    disabled = await program.get("/v1/members", headers=bearer(made))
    await client.post(f"/v1/api-keys/{made['id']}/enable")
    enabled = await program.get("/v1/members", headers=bearer(made))
    async with database.transaction() as session:
        await session.execute(text("update api_key set expires_at = now() - interval '1 second'"))

    expired = await program.get("/v1/members", headers=bearer(made))

    assert [answer.status_code for answer in (disabled, enabled, expired)] == [401, 200, 401]
    assert disabled.json()["code"] == expired.json()["code"] == "api_key.ended"


async def test_after_a_rotation_both_secrets_work_until_the_grace_is_over(
    client: httpx.AsyncClient, program: httpx.AsyncClient, database: Database
):
    first = await a_key(client)
    second = (await client.post(f"/v1/api-keys/{first['id']}/secrets", json={"grace_hours": 1})).json()
    both = [(await program.get("/v1/members", headers=bearer(made))).status_code for made in (first, second)]
    async with database.transaction() as session:
        await session.execute(text("update api_key_secret set ends_at = now() where ends_at is not null"))
    later = [(await program.get("/v1/members", headers=bearer(made))).status_code for made in (first, second)]

    third = (await client.post(f"/v1/api-keys/{first['id']}/secrets", json={"grace_hours": 0})).json()

    after = [(await program.get("/v1/members", headers=bearer(made))).status_code for made in (first, second, third)]
    assert both == [200, 200]
    assert later == [401, 200]
    assert after == [401, 401, 200]


async def test_a_key_of_some_stores_is_refused_what_is_about_all_of_them(
    client: httpx.AsyncClient, program: httpx.AsyncClient, database: Database
):
    async with database.transaction() as session:
        store_id = (await ensure_stores(session, [NewStore(code="S1", name="S1")]))["S1"]
    made = await a_key(client, store_ids=[store_id], scopes=["members.read"])

    listed = await program.get("/v1/members", headers=bearer(made))

    assert (listed.status_code, listed.json()["items"]) == (200, [])


async def test_a_key_cannot_be_narrowed_to_a_store_that_does_not_exist(client: httpx.AsyncClient):
    answer = await client.post("/v1/api-keys", json={"name": "x", "scopes": ["members.read"], "store_ids": [999]})

    assert (answer.status_code, answer.json()["code"]) == (422, "api_key.store_unknown")


async def test_a_key_is_refused_from_other_networks(client: httpx.AsyncClient, program: httpx.AsyncClient):
    here = await a_key(client, addresses=["127.0.0.0/8"])
    elsewhere = await a_key(client, addresses=["10.0.0.1"])

    assert (await program.get("/v1/members", headers=bearer(here))).status_code == 200
    refused = await program.get("/v1/members", headers=bearer(elsewhere))
    assert (refused.status_code, refused.json()["code"]) == (403, "api_key.address_refused")


async def test_the_last_use_is_written_down_once_a_minute_and_requests_are_counted(
    client: httpx.AsyncClient, program: httpx.AsyncClient, database: Database
):
    made = await a_key(client)
    for _ in range(3):
        await program.get("/v1/members", headers=bearer(made))
    first = (await client.get(f"/v1/api-keys/{made['id']}")).json()["last_used_at"]
    async with database.transaction() as session:
        await session.execute(text("update api_key set last_used_at = now() - interval '2 minutes'"))

    await program.get("/v1/members", headers=bearer(made))

    usage = (await client.get(f"/v1/api-keys/{made['id']}/usage")).json()["days"]
    assert first is not None
    assert [day["requests"] for day in usage] == [4]


async def test_a_signed_request_counts_once(client: httpx.AsyncClient, program: httpx.AsyncClient):
    made = await a_key(client, must_sign=True)
    headers = signed(made, "GET", "/v1/members?limit=3")

    first = await program.get("/v1/members?limit=3", headers=headers)
    again = await program.get("/v1/members?limit=3", headers=headers)

    assert first.status_code == 200, first.text
    assert (again.status_code, again.json()["code"]) == (401, "api_key.signature_used")


async def test_of_many_replays_at_once_one_gets_in(client: httpx.AsyncClient, program: httpx.AsyncClient):
    made = await a_key(client)
    headers = signed(made, "GET", "/v1/members")

    answers = await asyncio.gather(*(program.get("/v1/members", headers=headers) for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [200, *[401] * 7]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"method": "POST"}, "api_key.signature_wrong"),
        ({"target": "/v1/members?limit=4"}, "api_key.signature_wrong"),
        ({"body": b"x"}, "api_key.signature_wrong"),
        ({"at": -330}, "api_key.signature_late"),
        ({"at": 330}, "api_key.signature_late"),
        ({"nonce": "short"}, "api_key.signature_wrong"),
    ],
)
async def test_a_signature_of_something_else_is_refused(
    client: httpx.AsyncClient, program: httpx.AsyncClient, change: dict[str, Any], code: str
):
    made = await a_key(client)
    told = {"method": "GET", "target": "/v1/members?limit=3", "body": b"", **change}
    if "at" in change:
        told["at"] = clock.wall().timestamp() + change["at"]

    answer = await program.get("/v1/members?limit=3", headers=signed(made, **told))

    assert (answer.status_code, answer.json()["code"]) == (401, code)


async def test_a_body_is_part_of_what_is_signed(client: httpx.AsyncClient, program: httpx.AsyncClient):
    made = await a_key(client, scopes=["members.write", "members.read"], must_sign=True)
    body = json.dumps({"phone": "+8615412345678", "name": "王小明"}).encode()

    refused = await program.post("/v1/members", content=body + b" ", headers=signed(made, "POST", "/v1/members", body))
    done = await program.post("/v1/members", content=body, headers=signed(made, "POST", "/v1/members", body))

    assert (refused.status_code, refused.json()["code"]) == (401, "api_key.signature_wrong")
    assert done.status_code == 201, done.text


async def test_a_key_that_must_sign_refuses_its_bare_secret(client: httpx.AsyncClient, program: httpx.AsyncClient):
    made = await a_key(client, must_sign=True)

    answer = await program.get("/v1/members", headers=bearer(made))

    assert (answer.status_code, answer.json()["code"]) == (401, "api_key.signature_needed")


async def test_making_and_changing_keys_stands_in_the_trail_with_what_changed(client: httpx.AsyncClient):
    made = await a_key(client)
    await client.patch(f"/v1/api-keys/{made['id']}", json={"name": "till 2", "requests_per_minute": 5})

    (line, *_) = (await client.get("/v1/audit", params={"action": "PATCH /v1/api-keys/{key}"})).json()["items"]
    shown = (await client.get(f"/v1/audit/{line['id']}")).json()
    changes = {change["field"]: (change["before"], change["after"]) for change in shown["changes"]}
    assert changes == {"name": ("till 1", "till 2"), "requests_per_minute": (None, 5)}
    assert line["object_id"] == str(made["id"])


async def test_a_key_has_a_limit_of_its_own_and_says_what_is_left(
    client: httpx.AsyncClient, program: httpx.AsyncClient
):
    made = await a_key(client, requests_per_minute=3)

    answers = [await program.get("/v1/members", headers=bearer(made)) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer.headers["RateLimit-Limit"] for answer in answers} == {"3"}
    assert answers[3].json()["code"] == "request.too_many"
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 20


def test_every_permission_of_people_is_named():
    codes = [permission.code for item in module.installed() for permission in item.permissions]

    assert not [code for code in rules.grantable_scopes(codes) if code.startswith(("staff.", "api_keys.", "audit."))]
    assert "members.read" in rules.grantable_scopes(codes)


async def test_nonces_are_forgotten_when_no_signature_can_use_them(
    client: httpx.AsyncClient, program: httpx.AsyncClient, database: Database
):
    made = await a_key(client)
    await program.get("/v1/members", headers=signed(made, "GET", "/v1/members"))
    async with database.transaction() as session:
        await actions.forget_nonces(session)
        kept = await session.scalar(text("select count(*) from api_key_nonce"))
        await session.execute(text("update api_key_nonce set seen_at = seen_at - interval '11 minutes'"))
        await actions.forget_nonces(session)
        left = await session.scalar(text("select count(*) from api_key_nonce"))

    assert (kept, left) == (1, 0)
    assert 2 * rules.SIGNATURE_HOLDS - timedelta(seconds=1) < rules.NONCES_KEPT

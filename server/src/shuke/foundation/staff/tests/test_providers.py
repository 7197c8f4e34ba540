"""Signing in through another identity provider: a local server that speaks OpenID Connect, good and bad."""

import asyncio
import base64
import contextlib
import hashlib
import socket
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import uvicorn
from authlib.jose import JsonWebKey, JsonWebToken
from fastapi import FastAPI, Form
from fastapi.responses import JSONResponse
from sqlalchemy import text

from shuke.platform import clock
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio


class Provider:
    """Vouches for one person; `spoil` changes what it says."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = JsonWebKey.generate_key("EC", "P-256", {"kid": "1"}, is_private=True)
        self.person = {"sub": "u-77", "email": "Mei@Example.com", "email_verified": True, "preferred_username": "mei"}
        self.spoil: dict = {}
        self.signs_with = self.key
        self.asked: dict[str, str] = {}
        self.codes: set[str] = set()
        self.app = self._app()

    def arrive(self, address: str) -> tuple[str, str]:
        """The person signs in at the provider, which sends the browser back with a code and the state."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        self.asked = query
        self.codes.add("code-1")
        return "code-1", query["state"]

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        async def describe():
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            return {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in names.items()}}

        @app.get("/keys")
        async def keys():
            return {"keys": [self.key.as_dict(is_private=False)]}

        @app.post("/token")
        async def token(code: str = Form(), code_verifier: str = Form(), redirect_uri: str = Form()):
            digest = hashlib.sha256(code_verifier.encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            is_right = code in self.codes and challenge == self.asked["code_challenge"]
            if not is_right or redirect_uri != self.asked["redirect_uri"]:
                return JSONResponse({"error": "invalid_grant"}, status_code=400)
            self.codes.discard(code)
            now = int(clock.wall().timestamp())
            claims = {
                "iss": self.issuer, "aud": self.asked["client_id"], "iat": now, "exp": now + 300,
                "nonce": self.asked["nonce"], **self.person, **self.spoil,
            }  # fmt: skip
            header = {"alg": "ES256", "kid": "1"}
            signed = JsonWebToken(["ES256"]).encode(header, claims, self.signs_with).decode()
            return {"access_token": "x", "token_type": "Bearer", "id_token": signed}

        return app


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        made = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(made.app, log_level="error", lifespan="off"))
        running = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110 — the server tells nobody when it is there
            await asyncio.sleep(0.02)
        yield made
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def known(client: httpx.AsyncClient, provider: Provider, **changes) -> dict:
    wish = {
        "name": "公司账号", "issuer": provider.issuer, "client_id": "shuke", "client_secret": "s3cret",
        "console_address": "http://test", "matching": "email",
    }  # fmt: skip
    answer = await client.post("/v1/staff/providers", json={**wish, **changes})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def a_user(client: httpx.AsyncClient, **given) -> int:
    wish = {"username": "mei", "display_name": "Mei", "email": "mei@example.com", "roles": ["viewer"], **given}
    return (await client.post("/v1/staff/users", json=wish)).json()["user"]["id"]


async def come(browser: httpx.AsyncClient, provider: Provider, number: int, **changes) -> httpx.Response:
    way = await browser.post("/v1/session/provider/way", json={"provider": number})
    assert way.status_code == 200, way.text
    code, state = provider.arrive(way.json()["address"])
    return await browser.post("/v1/session/provider", json={"code": code, "state": state, **changes})


async def sessions_of(database: Database, user: int | None = None) -> int:
    async with database.transaction() as session:
        query = "select count(*) from staff_session where method = 'provider'"
        return int((await session.execute(text(query))).scalar_one())


async def test_a_vouched_person_finds_the_account_and_is_known_from_then_on(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database, provider: Provider
):
    made = await known(client, provider)
    user = await a_user(client)

    first = await come(anonymous, provider, made["id"])
    provider.person |= {"email": "married@example.com"}
    again = await come(anonymous, provider, made["id"])

    assert made["return_address"] == "http://test/sign-in/back"
    assert provider.asked["redirect_uri"] == made["return_address"]
    assert (first.status_code, first.json()["user"]["id"], again.json()["user"]["id"]) == (200, user, user)
    listed = (await anonymous.get("/v1/session/providers")).json()["items"]
    assert listed == [{"id": made["id"], "name": "公司账号"}]
    assert "s3cret" not in (await client.get("/v1/staff/providers")).text
    async with database.transaction() as session:
        assert b"s3cret" not in (await session.execute(text("select sealed from staff_secret"))).scalar_one()


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "another"},
        {"aud": "somebody else"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "stranger@example.com"},
    ],
)
async def test_what_does_not_hold_signs_nobody_in(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database, provider: Provider, spoil: dict
):
    made = await known(client, provider)
    await a_user(client)
    provider.spoil = spoil

    answer = await come(anonymous, provider, made["id"])

    assert (answer.status_code, answer.json()["code"]) == (401, "staff.provider_refused")
    assert await sessions_of(database) == 0


async def test_a_foreign_signature_state_or_browser_signs_nobody_in(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database, provider: Provider
):
    made = await known(client, provider)
    await a_user(client)
    wrong_state = await come(anonymous, provider, made["id"], state="guessed")
    wrong_code = await come(anonymous, provider, made["id"], code="guessed")
    way = (await anonymous.post("/v1/session/provider/way", json={"provider": made["id"]})).json()
    code, state = provider.arrive(way["address"])
    anonymous.cookies.clear()
    elsewhere = await anonymous.post("/v1/session/provider", json={"code": code, "state": state})
    provider.signs_with = JsonWebKey.generate_key("EC", "P-256", {"kid": "1"}, is_private=True)
    forged = await come(anonymous, provider, made["id"])

    codes = [answer.json()["code"] for answer in (wrong_state, wrong_code, elsewhere, forged)]
    assert codes == [
        "staff.sign_in_expired", "staff.provider_refused", "staff.sign_in_expired", "staff.provider_refused",
    ]  # fmt: skip
    assert await sessions_of(database) == 0


async def test_an_unknown_person_gets_an_account_only_where_the_shop_wants_it(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, provider: Provider
):
    strict = await known(client, provider)
    refused = await come(anonymous, provider, strict["id"])
    wish = {name: value for name, value in strict.items() if name not in {"id", "return_address"}}
    await client.put(f"/v1/staff/providers/{strict['id']}", json={**wish, "default_role": "viewer"})

    added = await come(anonymous, provider, strict["id"])

    assert (refused.status_code, added.status_code) == (401, 200)
    shown = (await client.get(f"/v1/staff/users/{added.json()['user']['id']}")).json()
    assert (shown["username"], shown["email"], shown["roles"]) == ("mei", "mei@example.com", ["viewer"])
    for given in ("nobody's password", ""):
        tried = await anonymous.post("/v1/session", json={"username": "mei", "password": given or "x"})
        assert tried.status_code == 401


async def test_a_likeness_takes_no_account_over(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, provider: Provider
):
    made = await known(client, provider, default_role="viewer")
    await a_user(client, email="other@example.com")

    answer = await come(anonymous, provider, made["id"])

    assert (answer.status_code, answer.json()["code"]) == (401, "staff.provider_refused")


async def test_a_disabled_account_stays_closed(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, provider: Provider
):
    made = await known(client, provider, matching="username")
    user = await a_user(client, email=None)
    assert (await come(anonymous, provider, made["id"])).status_code == 200
    await client.post(f"/v1/staff/users/{user}/disable")

    assert (await come(anonymous, provider, made["id"])).status_code == 401


async def test_a_provider_that_is_down_or_switched_off_says_so(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, provider: Provider
):
    down = await known(client, provider, issuer="http://127.0.0.1:9")
    off = await known(client, provider, is_active=False)

    answers = [
        await anonymous.post("/v1/session/provider/way", json={"provider": number})
        for number in (down["id"], off["id"], 987_654)
    ]
    unsafe = await client.post(
        "/v1/staff/providers",
        json={
            "name": "x", "issuer": "http://login.example.com", "client_id": "a", "client_secret": "b",
            "console_address": "http://test", "matching": "email",
        },
    )  # fmt: skip

    assert [a.json()["code"] for a in answers] == [
        "staff.provider_unreachable", "staff.provider_not_found", "staff.provider_not_found",
    ]  # fmt: skip
    assert (unsafe.status_code, unsafe.json()["errors"][0]["pointer"]) == (422, "/issuer")


async def test_a_deleted_provider_takes_its_links_along(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database, provider: Provider
):
    made = await known(client, provider)
    await a_user(client)
    await come(anonymous, provider, made["id"])

    assert (await client.delete(f"/v1/staff/providers/{made['id']}")).status_code == 204

    assert (await anonymous.get("/v1/session/providers")).json()["items"] == []
    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from staff_secret"))).scalar_one() == 0

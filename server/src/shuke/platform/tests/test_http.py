"""The edge of HTTP, on a small module made for the purpose."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Request
from pydantic import BaseModel
from sqlalchemy import text

from shuke.platform import keys
from shuke.platform.actor import Actor
from shuke.platform.compose import CompositionError, compose
from shuke.platform.db import Database, Session
from shuke.platform.errors import AppError
from shuke.platform.http import Authenticator, CurrentActor, RequestSession, Router, allowed, public, signed_in
from shuke.platform.module import Module, Permission

pytestmark = pytest.mark.anyio

router = Router()


class Unknown(AppError):
    code = "demo.unknown"
    status = 401
    title = {"zh": "未知", "en": "Unknown"}
    detail = {"zh": "请登录。", "en": "Sign in."}


class Counted(AppError):
    code = "demo.counted"
    status = 409
    keeps_effects = True
    title = {"zh": "已计数", "en": "Counted"}
    detail = {"zh": "已计数。", "en": "Counted."}


class Note(BaseModel):
    text: str
    size: int = 0


async def put(session: Session, key: str) -> None:
    statement = text("insert into platform_setting values (:key, '1') on conflict (key) do nothing")
    await session.execute(statement, {"key": key})


@router.post("/v1/notes", status_code=201, dependencies=[allowed("notes.write")])
async def write(session: RequestSession, actor: CurrentActor, note: Note) -> dict[str, Any]:
    await put(session, note.text)
    number = (await session.execute(text("select count(*) from platform_setting"))).scalar_one()
    return {"by": actor.name, "number": number}


@router.post("/v1/notes/slow", dependencies=[allowed("notes.write")])
async def write_slowly(session: RequestSession, note: Note) -> dict[str, bool]:
    await put(session, note.text)
    await asyncio.sleep(0.5)
    return {"done": True}


@router.post("/v1/notes/deferred", dependencies=[allowed("notes.write")])
async def fail_at_commit(session: RequestSession) -> dict[str, bool]:
    await session.execute(text("create temporary table later (id integer unique deferrable initially deferred)"))
    await session.execute(text("insert into later values (1), (1)"))
    return {"done": True}


@router.post("/v1/notes/refused", dependencies=[allowed("notes.write")])
async def refuse_and_keep(session: RequestSession, note: Note) -> None:
    await put(session, note.text)
    raise Counted


@router.post("/v1/notes/broken", dependencies=[allowed("notes.write")])
async def break_down(session: RequestSession, note: Note) -> None:
    await put(session, note.text)
    raise RuntimeError("a secret 13800138000")


@router.get("/v1/notes/locked", dependencies=[signed_in()])
async def want_lock(session: RequestSession) -> dict[str, bool]:
    await session.execute(text("set local lock_timeout = '50ms'"))
    await session.execute(text("select key from platform_setting for update"))
    return {"done": True}


@router.get("/v1/notes/{number}", dependencies=[public()])
async def read(number: int, q: str = "") -> dict[str, Any]:
    return {"number": number, "q": q}


async def authenticate(_: Session, request: Request) -> Actor | None:
    who = request.headers.get("x-test-user")
    permissions = frozenset({"notes.write"}) if who == "1" else frozenset()
    return Actor(kind="staff", id=int(who), permissions=permissions) if who else None


MODULE = Module(
    name="notes",
    router=router,
    permissions=(Permission(code="notes.write", zh="写", en="Write"),),
    contributions=(Authenticator(authenticate=authenticate, refusal=Unknown),),
)
WRITER = {"x-test-user": "1", "accept-language": "en"}


@pytest.fixture
async def web(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    keys.use(keys.KeyRing.throwaway())
    transport = httpx.ASGITransport(compose([MODULE], database, version="0"), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client
    keys.use(None)


async def written(database: Database) -> list[str]:
    async with database.transaction() as session:
        return list((await session.execute(text("select key from platform_setting order by key"))).scalars())


async def test_a_request_commits_and_leaves_an_audit_line(web: httpx.AsyncClient, database: Database) -> None:
    answer = await web.post("/v1/notes", json={"text": "a"}, headers={**WRITER, "x-request-id": "trace-0001"})

    assert (answer.status_code, answer.json()) == (201, {"by": "staff:1", "number": 1})
    assert answer.headers["x-request-id"] == "trace-0001"
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    async with database.transaction() as session:
        line = (await session.execute(text("select * from audit"))).one()
    assert (line.actor, line.action, line.object_kind, line.trace_id) == (
        "staff:1",
        "POST /v1/notes",
        "notes",
        "trace-0001",
    )
    assert line.details == {"status": 201}


async def test_an_unknown_caller_is_turned_away(web: httpx.AsyncClient, database: Database) -> None:
    answer = await web.post("/v1/notes", json={"text": "a"})

    assert (answer.status_code, answer.json()["code"]) == (401, "demo.unknown")
    assert answer.headers["content-type"] == "application/problem+json"
    assert await written(database) == []


async def test_a_caller_without_the_permission_is_refused(web: httpx.AsyncClient, database: Database) -> None:
    answer = await web.post("/v1/notes", json={"text": "a"}, headers={"x-test-user": "2"})

    assert (answer.status_code, answer.json()["code"]) == (403, "request.not_allowed")
    assert await written(database) == []


async def test_a_failing_commit_gives_an_error_and_no_success(web: httpx.AsyncClient) -> None:
    answer = await web.post("/v1/notes/deferred", headers=WRITER)

    assert (answer.status_code, answer.json()["code"]) == (500, "request.internal_error")


async def test_a_breakdown_tells_nothing_and_writes_nothing(web: httpx.AsyncClient, database: Database) -> None:
    answer = await web.post("/v1/notes/broken", json={"text": "a"}, headers=WRITER)

    assert (answer.status_code, answer.json()["code"]) == (500, "request.internal_error")
    assert "secret" not in answer.text
    assert answer.json()["trace_id"] == answer.headers["x-request-id"]
    assert await written(database) == []


async def test_a_refusal_that_keeps_its_effects_does(web: httpx.AsyncClient, database: Database) -> None:
    answer = await web.post("/v1/notes/refused", json={"text": "kept"}, headers=WRITER)

    assert (answer.status_code, answer.json()["code"]) == (409, "demo.counted")
    assert await written(database) == ["kept"]


async def test_the_same_key_and_body_give_the_same_answer_once(web: httpx.AsyncClient, database: Database) -> None:
    headers = {**WRITER, "idempotency-key": "k-1"}
    first = await web.post("/v1/notes", json={"text": "a"}, headers=headers)
    await web.post("/v1/notes", json={"text": "b"}, headers=WRITER)

    again = await web.post("/v1/notes", json={"text": "a"}, headers=headers)

    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replay"] == "true"
    assert "idempotent-replay" not in first.headers
    async with database.transaction() as session:
        row = (await session.execute(text("select * from idempotency"))).one()
        assert (await session.execute(text("select count(*) from audit"))).scalar_one() == 2
    assert b"staff" not in row.sealed_answer


async def test_the_same_key_with_another_body_is_refused(web: httpx.AsyncClient, database: Database) -> None:
    headers = {**WRITER, "idempotency-key": "k-1"}
    await web.post("/v1/notes", json={"text": "a"}, headers=headers)

    answer = await web.post("/v1/notes", json={"text": "b"}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.key_reused")
    assert await written(database) == ["a"]


async def test_a_key_in_flight_says_when_to_come_back(web: httpx.AsyncClient, database: Database) -> None:
    headers = {**WRITER, "idempotency-key": "k-1"}

    first, second = await asyncio.gather(
        *(web.post("/v1/notes/slow", json={"text": "a"}, headers=headers) for _ in range(2))
    )

    assert sorted((first.status_code, second.status_code)) == [200, 409]
    refused = first if first.status_code == 409 else second
    assert (refused.json()["code"], refused.headers["retry-after"]) == ("idempotency.in_flight", "1")
    assert await written(database) == ["a"]


async def test_a_key_that_failed_can_be_tried_again(web: httpx.AsyncClient, database: Database) -> None:
    headers = {**WRITER, "idempotency-key": "k-1"}
    await web.post("/v1/notes/broken", json={"text": "a"}, headers=headers)

    answer = await web.post("/v1/notes", json={"text": "a"}, headers=headers)

    assert answer.status_code == 201
    assert await written(database) == ["a"]


async def test_a_row_locked_elsewhere_is_busy_with_a_time_to_retry(web: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        await put(session, "held")
    async with database.transaction() as session:
        await session.execute(text("select key from platform_setting for update"))

        answer = await web.get("/v1/notes/locked", headers=WRITER)

    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (409, "request.busy", "1")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/notes", b'{"text": "a\\u0000b"}'),
        ("POST", "/v1/notes", b'{"text": "\\ud800"}'),
        ("POST", "/v1/notes", b'{"text": "a", "size": 9223372036854775808}'),
        ("POST", "/v1/notes", b'{"text": "a", "size": NaN}'),
        ("POST", "/v1/notes", b'{"text": "a", "size": ' + b"9" * 5000 + b"}"),
        ("POST", "/v1/notes", b"[" * 100_000),
        ("POST", "/v1/notes", b"\xff\xfe"),
        ("POST", "/v1/notes", b'{"text": '),
        ("POST", "/v1/notes", b'{"text": 5}'),
        ("GET", "/v1/notes/9223372036854775808", b""),
        ("GET", "/v1/notes/1?q=%00", b""),
        ("GET", "/v1/notes/abc", b""),
    ],
)
async def test_what_cannot_be_stored_is_refused_as_a_shape(
    web: httpx.AsyncClient, database: Database, method: str, path: str, body: bytes
) -> None:
    headers = {**WRITER, "content-type": "application/json"}

    answer = await web.request(method, path, content=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert len(answer.json()["errors"]) >= 1
    assert await written(database) == []


async def test_a_wrong_field_has_a_pointer(web: httpx.AsyncClient) -> None:
    answer = await web.post("/v1/notes", json={"size": "x"}, headers={**WRITER, "accept-language": "zh-CN"})

    assert answer.json()["errors"] == [
        {"pointer": "/text", "detail": "必填。"},
        {"pointer": "/size", "detail": "应为整数。"},
    ]


async def test_a_body_over_the_limit_is_refused(web: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 1024 * 1024

    announced = await web.post("/v1/notes", content=b" " * 17 * 1024 * 1024, headers=WRITER)
    unannounced = await web.post("/v1/notes", content=endless(), headers={**WRITER, "content-type": "application/json"})

    assert (announced.status_code, announced.json()["code"]) == (413, "request.too_large")
    assert (unannounced.status_code, unannounced.json()["code"]) == (413, "request.too_large")


async def test_wrong_addresses_and_methods_are_problems(web: httpx.AsyncClient) -> None:
    nowhere = await web.get("/v1/nowhere")
    wrong = await web.put("/v1/notes/1")

    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "request.not_found")
    assert (wrong.status_code, wrong.json()["code"], wrong.headers["allow"]) == (
        405,
        "request.method_not_allowed",
        "GET",
    )


async def test_an_unreachable_database_is_overloaded_and_not_broken() -> None:
    gone = Database("postgresql://nobody@/nothing?host=/tmp/no-such-directory")
    app = compose([MODULE], gone, version="0")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        answer = await client.get("/v1/notes/locked", headers=WRITER)

    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (
        503,
        "request.overloaded",
        "5",
    )


def test_a_route_without_access_does_not_compose() -> None:
    bare = Router()

    @bare.get("/v1/open")
    async def forgotten() -> None: ...

    with pytest.raises(CompositionError, match="does not say who may call it"):
        compose([Module(name="bare", router=bare)], Database("postgresql://x@/x"), version="0")


def test_a_permission_that_nobody_declares_does_not_compose() -> None:
    bare = Router()

    @bare.get("/v1/open")
    async def guarded(actor: Annotated[Actor, allowed("nobody.knows")]) -> None: ...

    with pytest.raises(CompositionError, match="no module declares"):
        compose([Module(name="bare", router=bare)], Database("postgresql://x@/x"), version="0")


async def test_openapi_names_the_problems_of_each_route(web: httpx.AsyncClient) -> None:
    schema = (await web.get("/openapi.json")).json()

    responses = schema["paths"]["/v1/notes"]["post"]["responses"]
    assert set(responses) == {"201", "401", "403", "409", "413", "422", "429", "503"}
    assert "HTTPValidationError" not in str(schema)

"""Lanes: the same answers, refusals and dress as everywhere, without the way through the router."""

import json
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
from fastapi import Request, Response
from starlette.types import Message
from structlog.testing import CapturingLogger

from shuke.platform import edge, lanes, metrics
from shuke.platform.compose import compose
from shuke.platform.db import Database
from shuke.platform.errors import AppError
from shuke.platform.http import Router, public
from shuke.platform.lanes import Lane
from shuke.platform.module import Module

pytestmark = pytest.mark.anyio


class Turned(AppError):
    code = "demo.turned"
    status = 409
    title = {"zh": "不行", "en": "No"}
    detail = {"zh": "不行。", "en": "No."}


async def handle(request: Request) -> Response:
    said = (await request.body()).decode()
    request.state.is_news = said != "quiet"
    if said == "refuse":
        raise Turned
    if said == "busy":
        raise asyncpg.DeadlockDetectedError
    if said == "away":
        raise ConnectionRefusedError
    if said == "broken":
        raise RuntimeError("a secret 13800138000")
    return Response(json.dumps({"said": said}), media_type="application/json")


LANE = Lane(method="POST", path="/v1/lane", handle=handle)
router = Router()


@router.post("/v1/lane", dependencies=[public()])
async def say(request: Request) -> Response:
    return await lanes.answer(LANE, request)


@pytest.fixture
async def browser(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    app = compose([Module(name="demo", router=router, contributions=(LANE,))], database, version="1")
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_a_lane_answers_in_the_dress_of_the_edge(browser: httpx.AsyncClient):
    answer = await browser.post("/v1/lane", content="hello")

    assert (answer.status_code, answer.json()) == (200, {"said": "hello"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert {name for name in ("X-Request-Id", "RateLimit-Limit", "X-Frame-Options") if name in answer.headers} == {
        "X-Request-Id",
        "RateLimit-Limit",
        "X-Frame-Options",
    }


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ("refuse", 409, "demo.turned"),
        ("busy", 409, "request.busy"),
        ("away", 503, "request.overloaded"),
        ("broken", 500, "request.internal_error"),
    ],
)
async def test_what_goes_wrong_leaves_as_a_problem(browser: httpx.AsyncClient, said: str, status: int, code: str):
    answer = await browser.post("/v1/lane", content=said, headers={"X-Request-Id": "trace-12345"})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["trace_id"] == "trace-12345"
    assert "13800138000" not in answer.text


async def test_other_methods_and_addresses_go_to_the_router(browser: httpx.AsyncClient):
    answers = [await browser.get("/v1/lane"), await browser.post("/v1/lanes"), await browser.post("/v1/lane/more")]

    assert [answer.status_code for answer in answers] == [405, 404, 404]


async def test_requests_are_measured_by_the_address_and_told_unless_they_are_no_news(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    labels = {"method": "POST", "route": "/v1/lane", "status": "200"}
    before = metrics.REGISTRY.get_sample_value("shuke_request_seconds_count", labels) or 0
    lines = CapturingLogger()
    monkeypatch.setattr(edge, "logger", lines)
    await browser.post("/v1/lane", content="loud")
    await browser.post("/v1/lane", content="quiet")

    after = metrics.REGISTRY.get_sample_value("shuke_request_seconds_count", labels)
    assert after == before + 2
    assert [(line.method_name, line.kwargs["route"]) for line in lines.calls] == [("info", "/v1/lane")]


async def test_a_body_over_the_limit_is_refused(browser: httpx.AsyncClient):
    answer = await browser.post("/v1/lane", content=b"x", headers={"Content-Length": str(17 * 1024 * 1024)})

    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")


async def test_whoever_has_gone_is_not_answered(database: Database):
    app = compose([Module(name="demo", router=router, contributions=(LANE,))], database, version="1")
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/lane", "headers": [], "query_string": b"", "root_path": ""}
    await app(scope, receive, send)

    assert sent == []

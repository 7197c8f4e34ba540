"""Serving: what has begun is finished before the server stops, and the program goes on afterwards."""

import asyncio
import os
import signal

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from shuke.main.installation import CannotStart
from shuke.main.serve import build_routes, listen, serve

pytestmark = pytest.mark.anyio


async def test_a_request_that_has_begun_is_finished_after_sigterm() -> None:
    app = FastAPI()
    begun = asyncio.Event()

    @app.get("/slow")
    async def slow() -> dict[str, bool]:
        begun.set()
        await asyncio.sleep(1)
        return {"was_stopping": getattr(app.state, "is_stopping", False)}

    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    serving = asyncio.create_task(serve(app, listener))
    await asyncio.sleep(0.3)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser:
        asking = asyncio.create_task(browser.get("/slow"))
        await asyncio.wait_for(begun.wait(), 10)

        os.kill(os.getpid(), signal.SIGTERM)

        answer = await asyncio.wait_for(asking, 10)
        assert (answer.status_code, answer.json()) == (200, {"was_stopping": True})
        await asyncio.wait_for(serving, 10)
        with pytest.raises(httpx.ConnectError):
            await browser.get("/slow")
    listener.close()


async def test_routes_are_built_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter()

    @router.get("/things")
    async def list_things() -> list[str]:
        return ["one"]

    app = FastAPI()
    app.include_router(router, prefix="/v1")
    build_routes(app)

    def too_late(**_: object) -> None:
        raise AssertionError("A route was built while somebody waited.")

    monkeypatch.setattr("fastapi.routing.get_dependant", too_late)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as browser:
        answer = await browser.get("/v1/things")

    assert (answer.status_code, answer.json()) == (200, ["one"])


def test_a_taken_port_is_told_with_another_to_choose() -> None:
    first = listen("127.0.0.1", 0)
    first.listen()
    port = first.getsockname()[1]

    with pytest.raises(CannotStart, match=f"--port {port + 1}"):
        listen("127.0.0.1", port)

    first.close()

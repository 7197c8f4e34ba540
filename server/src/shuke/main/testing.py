"""Test fixtures that need the whole program: signed-in clients of the composed app."""

from collections.abc import AsyncIterator
from functools import cache

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute

from shuke.foundation.organization.testing import a_shop
from shuke.foundation.staff.testing import CLIENT_HEADERS, a_session_of
from shuke.main.api import create_app
from shuke.main.modules import MODULES
from shuke.platform import module
from shuke.platform.db import Database


@pytest.fixture(autouse=True)
def _modules() -> None:
    """Every test sees all modules composed, whatever the test before it installed."""
    module.install(MODULES)


@pytest.fixture
async def app(database: Database) -> FastAPI:
    """The composed app on a fresh database with a shop."""
    async with database.transaction() as session:
        await a_shop(session)
    return fresh_app(database)


def fresh_app(database: Database) -> FastAPI:
    """An app of its own, but for what FastAPI makes of each route at the first request: one for all of this process."""
    app = create_app(database)
    app.router.routes[:] = [route for route in app.router.routes if not _is_router(route)] + _routers()
    return app


@cache
def _routers() -> list[BaseRoute]:
    return [route for route in create_app(Database("postgresql://nobody@/nothing")).router.routes if _is_router(route)]


def _is_router(route: BaseRoute) -> bool:
    return hasattr(route, "original_router")


@pytest.fixture
async def client(app: FastAPI, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which an administrator is signed in."""
    async with signed_in(app, database, role="administrator") as browser:
        yield browser


@pytest.fixture
async def viewer(app: FastAPI, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which somebody is signed in who may only read."""
    async with signed_in(app, database, role="viewer") as browser:
        yield browser


@pytest.fixture
async def anonymous(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which nobody is signed in."""
    async with _browser(app) as browser:
        yield browser


class signed_in:  # noqa: N801 — reads as the phrase it is: `async with signed_in(app, …)`
    """A browser in which a user with one built-in role is signed in."""

    def __init__(self, app: FastAPI, database: Database, *, role: str) -> None:
        self._app, self._database, self._role = app, database, role

    async def __aenter__(self) -> httpx.AsyncClient:
        async with self._database.transaction() as session:
            token = await a_session_of(session, role=self._role)
        self._browser = _browser(self._app)
        self._browser.cookies.set("shuke_session", token)
        return self._browser

    async def __aexit__(self, *_: object) -> None:
        await self._browser.aclose()


def _browser(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {**CLIENT_HEADERS, "Accept-Language": "en"}
    return httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers)

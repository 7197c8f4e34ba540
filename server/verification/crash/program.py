"""The program in a child: opened as a start opens it, and asked over its web app or through its own verbs."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from fastapi import FastAPI
from sqlalchemy import text

from shuke.foundation.staff.testing import CLIENT_HEADERS, a_session_of
from shuke.loyalty.ledger.verify import verify_ledger
from shuke.main.api import create_app
from shuke.main.installation import Installation, open_installation, prepare_first_start
from shuke.platform import consumers, jobs, shop_clock
from shuke.platform.db import Database
from shuke.platform.settings import Settings

from .asking import Answer, Leaves, ask
from .ground import Ground

# Noon, so that no run passes midnight.
OPENING = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
KEY = "the-same-key"
_TRIES = 40
_NOWHERE = "postgresql://nobody@/nothing"
# What a client is told to send again: another request with the key, or one for the member, is still at work.
_AGAIN = {409, 429, 503}


@dataclass
class Program:
    """The program while it runs. `tokens` are signed-in administrators; `leaves` hears when an answer sets out."""

    installation: Installation
    data_directory: Path
    tokens: list[str]
    leaves: Leaves = lambda _: None

    async def ask(self, method: str, path: str, body: Any = None, *, key: str | None = None, who: int = 0) -> Answer:
        """One request, sent again with the same key for as long as the program asks for that."""
        headers = {
            **CLIENT_HEADERS,
            "Accept-Language": "en",
            "Content-Type": "application/json",
            "Cookie": f"shuke_session={self.tokens[who]}",
            **({"Idempotency-Key": key} if key else {}),
        }
        content = b"" if body is None else orjson.dumps(body)
        tries = 0
        while True:
            answer = await ask(the_app(), method, path, headers, content, self.leaves)
            tries += 1
            if tries == _TRIES or answer.status not in _AGAIN or "retry-after" not in answer.headers:
                return answer
            await asyncio.sleep(0.05)

    async def done(self, path: str, body: Any, *, key: str | None = None, who: int = 0) -> Any:
        """A POST that must succeed: the body of its answer."""
        answer = await self.ask("POST", path, body, key=key, who=who)
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer}")
        return answer.body


@cache
def the_app() -> FastAPI:
    """The composed app of this process; `open_program` gives it the database of the run."""
    return create_app(Database(_NOWHERE))


def warm_up() -> None:
    """Compose the app, lay out its routes and load what is loaded late, before children are made of this process."""
    import_module("anyio._backends._asyncio")
    asyncio.run(ask(the_app(), "GET", "/v1/nothing", {}, b""))
    # A start has the collector look at everything once; what is here already was looked at here.
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def open_program(ground: Ground, database: str, tokens: list[str]) -> AsyncIterator[Program]:
    """Start the program on a database, with everything that it does at every start."""
    settings = Settings(
        data_directory=ground.data_directory,
        database_url=ground.app_url(database),
        database_owner_url=None,
        key_directory=None,
        _env_file=None,
    )
    async with open_installation(settings) as installation:
        await prepare_first_start(installation.database)
        jobs.use(installation.worker_database)
        the_app().state.database = installation.database
        yield Program(installation, ground.data_directory, tokens)


async def open_shop(ground: Ground, database: str) -> list[str]:
    """The first start on an empty database: a shop, its programme and its clock. Two administrators' tokens."""
    async with open_program(ground, database, []) as program, program.installation.database.transaction() as session:
        await shop_clock.set_to(session, OPENING)
        tokens = [await a_session_of(session, role="administrator") for _ in range(2)]
        # Seen a day from now, so that no run stops to note that the session is in use.
        await session.execute(text("update staff_session set seen_at = now() + interval '1 day'"))
        return tokens


async def let_consumers_read(program: Program) -> None:
    """What the worker does with the log of events as soon as it runs."""
    await consumers.run_until_idle(program.installation.worker_database)


async def what_verification_says(program: Program) -> list[str]:
    """What the program's own verification of the ledger finds wrong."""
    report = await verify_ledger(program.installation.worker_database)
    return [] if report.ok else [f"ledger verify: {report.wrong}"]


async def set_clock(program: Program, at: datetime) -> None:
    """Move the shop's clock, for every start from now on."""
    async with program.installation.database.transaction() as session:
        await shop_clock.set_to(session, at)

"""An import killed with SIGKILL again and again, then run to its end, comes to the digest of an uninterrupted one."""

import asyncio
import csv
import gzip
import os
import signal
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import text

from shuke.loyalty import checkout
from shuke.loyalty.checkout.testing import a_london_shop, history_file, imported, set_shop_clock
from shuke.main.demo import HISTORY
from shuke.platform import shop_clock
from shuke.platform.db import Database
from shuke.platform.embedded import Urls
from shuke.platform.testing import TestServer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(600)]
PRESENT = datetime(2011, 12, 11, 9, tzinfo=UTC)
LINES = 30_000
# How far the import is when it is killed: while reading, between reading and applying, and after so many lines.
KILLS = [("reading", 1), ("applying", 0), ("applying", 1), ("applying", 8_000), ("applying", 18_000)]


@pytest.fixture
def some_history(tmp_path: Path) -> Path:
    """The first weeks of the real history."""
    with gzip.open(HISTORY, "rt", encoding="utf-8", newline="") as file:
        rows = list(islice(csv.reader(file), 1, LINES + 1))
    return history_file(tmp_path / "history.csv", rows)


async def test_an_import_killed_at_any_moment_ends_in_the_same_state(
    database: Database,
    database_urls: Urls,
    test_server: TestServer,
    template_database: str,
    some_history: Path,
    tmp_path: Path,
) -> None:
    set_shop_clock(PRESENT)
    async with database.transaction() as session:
        await a_london_shop(session)
        await shop_clock.set_to(session, PRESENT)
    environment = {
        **os.environ,
        "SHUKE_DATABASE_URL": database_urls.app,
        "SHUKE_DATABASE_OWNER_URL": database_urls.owner,
        "SHUKE_DATA_DIRECTORY": str(tmp_path / "data"),
    }

    endings = [await _killed(database, some_history, environment, state, lines) for state, lines in KILLS]
    # On a busy machine the last run may end before it can be killed; the others cannot.
    assert endings[:-1] == [-signal.SIGKILL] * (len(KILLS) - 1)
    process = await _start(some_history, environment)
    assert await asyncio.wait_for(process.wait(), 180) == 0

    other = await test_server.clone(template_database)
    whole = Database(test_server.urls(other).app)
    async with whole.transaction() as session:
        await a_london_shop(session)
    run = await imported(whole, some_history)
    async with database.transaction() as one, whole.transaction() as two:
        digests = await checkout.comparison_digest(one), await checkout.comparison_digest(two)
        (resumed, *others) = await checkout.list_imports(one, None, 10)
        waiting = (await one.execute(text("select count(*) from import_line"))).scalar_one()
    await whole.close()
    await test_server.drop(other)
    assert digests[0] == digests[1]
    assert others == []
    counted = {name: value for name, value in resumed.report.items() if name != "milliseconds"}
    assert counted == {name: value for name, value in run.report.items() if name != "milliseconds"}
    assert waiting == 0


async def _start(path: Path, environment: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(str(Path(sys.executable).with_name("shuke")), "import", "orders", str(path), "--mapping", "online-retail"),
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
    )


async def _killed(database: Database, path: Path, environment: dict[str, str], state: str, lines: int) -> int | None:
    """Start an import and kill it once it is at least so far. Returns how it ended."""
    process = await _start(path, environment)
    try:
        # The other process tells how far it is through the database alone, so there is nothing to wait on but time.
        while process.returncode is None and not await _is_at(database, state, lines):  # noqa: ASYNC110 — see above
            await asyncio.sleep(0.01)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
    return await asyncio.wait_for(process.wait(), 60)


async def _is_at(database: Database, state: str, lines: int) -> bool:
    async with database.transaction() as session:
        runs = await checkout.list_imports(session, None, 1)
    return bool(runs) and runs[0].state == state and runs[0].lines_done >= lines

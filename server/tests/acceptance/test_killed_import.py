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

pytestmark = pytest.mark.anyio
PRESENT = datetime(2011, 12, 11, 9, tzinfo=UTC)
LINES = 30_000
# How far the import is when it is killed: while reading, between reading and applying, and after so many lines.
KILLS = [("reading", 1), ("applying", 0), ("applying", 1), ("applying", 9_000), ("applying", 20_000)]


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

    for state, lines in KILLS:
        process = await _start(some_history, environment)
        await _until(database, process, state, lines)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
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
        *(sys.executable, "-m", "shuke.main.cli", "import", "orders", str(path), "--mapping", "online-retail"),
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def _until(database: Database, process: asyncio.subprocess.Process, state: str, lines: int) -> None:
    """Wait until the import is at least so far. Fails when it ends before."""
    for _ in range(6_000):
        async with database.transaction() as session:
            runs = await checkout.list_imports(session, None, 1)
        if runs and (runs[0].state == state and runs[0].lines_done >= lines):
            return
        assert process.returncode is None, "The import ended before it could be killed."
        await asyncio.sleep(0.01)
    raise AssertionError("The import never got that far.")

"""What checkout does by the clock."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from shuke.loyalty import checkout
from shuke.loyalty.checkout.jobs import forget_old_imports
from shuke.loyalty.checkout.testing import a_london_shop, history_file, imported, set_shop_clock
from shuke.platform import clock, jobs
from shuke.platform.db import Database
from shuke.platform.settings import settings

pytestmark = pytest.mark.anyio


async def test_rejected_rows_and_uploads_are_forgotten_after_their_time(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "data_directory", tmp_path)
    set_shop_clock(datetime(2011, 12, 24, tzinfo=UTC))
    async with database.transaction() as session:
        await a_london_shop(session)
    bad = ["1", "A", "X", "many", "2011-03-01", "1", "7", "Germany"]
    old = await imported(database, history_file(tmp_path / "old.csv", [bad]))
    new = await imported(database, history_file(tmp_path / "new.csv", [bad, bad]))
    async with database.transaction() as session:
        await session.execute(
            text("update import_run set finished_at = :then where import_id = :old"),
            {"then": clock.wall() - timedelta(days=31), "old": old.import_id},
        )
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    for name, days in (("stale", 3), ("fresh", 1)):
        (uploads / name).write_text("x")
        then = (clock.wall() - timedelta(days=days)).timestamp()
        os.utime(uploads / name, (then, then))

    jobs.use(database)
    await forget_old_imports()
    jobs.use(None)

    async with database.transaction() as session:
        kept = [len(await checkout.list_rejects(session, run.import_id)) for run in (old, new)]
    assert kept == [0, 2]
    assert [path.name for path in uploads.iterdir()] == ["fresh"]

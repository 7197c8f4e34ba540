"""Backups in the console: what there is, how the last drill ended, and asking for more."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.main.backup import drill, folder, journal, runs
from shuke.main.backup.module import MODULE
from shuke.main.modules import MODULES
from shuke.main.testing import fresh_app, signed_in
from shuke.platform import clock, jobs
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName
from shuke.platform.settings import settings

from .conftest import Shop

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]


@pytest.fixture
def app(shop: Shop) -> FastAPI:
    return fresh_app(shop.database)


async def waiting(database: Database) -> list[str]:
    async with database.transaction() as session:
        found = await session.execute(text("select entrypoint from queue.pgqueuer order by entrypoint"))
        return list(found.scalars())


async def until(holds, seconds: float = 60) -> None:
    for _ in range(int(seconds / 0.05)):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("did not come about in time")


async def test_before_the_first_backup_it_says_so(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/backups")).json() == {
        "items": [],
        "is_running": False,
        "is_late": True,
        "max_age_hours": 26,
        "last_backup": None,
        "last_drill": None,
        "next_backup_at": None,
        "next_drill_at": None,
    }


async def test_the_list_shows_backups_keys_and_the_last_runs(
    app: FastAPI, shop: Shop, client: httpx.AsyncClient
) -> None:
    old = await shop.back_up()
    old.keys.path.unlink()
    new = await shop.back_up()
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    check = journal.Check(
        code="keys", state="failed", label=drill.LABELS["keys"], detail=LocalName("打不开", "Does not open")
    )
    why = LocalName("正在备份", "A backup is running")
    journal.record(
        shop.backups,
        journal.Run(kind="backup", at=at, seconds=2, outcome="failed", code="backup.running", detail=why),
    )
    journal.record(
        shop.backups,
        journal.Run(
            kind="drill",
            at=at,
            seconds=9.5,
            outcome="failed",
            backup=new.data.name,
            restore_seconds=4,
            checks=(check,),
        ),
    )

    with folder.alone(shop.backups):
        shown = (await client.get("/v1/backups")).json()
    async with signed_in(app, shop.database, role="administrator") as browser:
        chinese = (await browser.get("/v1/backups", headers={"Accept-Language": "zh"})).json()

    assert [item["name"] for item in shown["items"]] == [new.data.name, old.data.name]
    assert [item["keys"] for item in shown["items"]] == [
        {"made_at": iso(new.keys.made_at), "ends_at": iso(new.keys.made_at + timedelta(days=7))},
        None,
    ]
    first = shown["items"][0]
    assert (first["bytes"], first["rows"], first["members"]) == (
        new.data.size,
        sum(new.data.manifest.rows.values()),
        new.data.manifest.rows["public.member"],
    )
    assert (shown["is_running"], shown["is_late"]) == (True, False)
    assert shown["last_backup"] == {
        "at": "2026-03-01T12:00:00Z",
        "seconds": 2.0,
        "outcome": "failed",
        "backup": None,
        "code": "backup.running",
        "detail": "A backup is running",
    }
    assert shown["last_drill"]["checks"] == [
        {"code": "keys", "state": "failed", "label": "Keys open the data", "detail": "Does not open"}
    ]
    assert chinese["last_drill"]["checks"][0]["detail"] == "打不开"
    assert chinese["is_running"] is False


def alerts(caplog: pytest.LogCaptureFixture) -> list[str]:
    lines: list[Any] = [record.msg for record in caplog.records if record.levelname == "ERROR"]
    return [line["event"] for line in lines]


def iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


async def test_asking_makes_work_for_the_worker_once(shop: Shop, client: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "one"}

    answers = [
        await client.post("/v1/backups", headers=key),
        await client.post("/v1/backups", headers=key),
        await client.post("/v1/backups"),
        await client.post("/v1/backups/drills"),
    ]

    assert [answer.status_code for answer in answers] == [202] * 4
    assert [answer.json() for answer in answers[2:]] == [
        {"work": "backup", "state": "waiting"},
        {"work": "drill", "state": "waiting"},
    ]
    assert answers[1].headers["Idempotent-Replay"] == "true"
    assert await waiting(shop.database) == [runs.HOLD_DRILL, runs.MAKE_BACKUP]


async def test_who_may_only_read_asks_for_nothing(shop: Shop, viewer: httpx.AsyncClient) -> None:
    assert (await viewer.get("/v1/backups")).status_code == 200
    for path in ("/v1/backups", "/v1/backups/drills"):
        refused = await viewer.post(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "request.not_allowed")

    assert await waiting(shop.database) == []


async def test_the_worker_makes_what_was_asked_for_and_says_what_comes_next(
    shop: Shop, client: httpx.AsyncClient
) -> None:
    worker = jobs.Worker(shop.database, (MODULE,))
    await client.post("/v1/backups")
    running = asyncio.create_task(worker.run())
    try:
        await until(lambda: journal.list_runs(shop.backups))
    finally:
        worker.stop()
        await running
        jobs.use(None)

    (made,) = folder.list_data(shop.backups)
    (run,) = journal.list_runs(shop.backups)
    assert (run.kind, run.outcome, run.backup) == ("backup", "passed", made.name)
    shown = (await client.get("/v1/backups")).json()
    assert shown["last_backup"]["backup"] == made.name
    assert datetime.fromisoformat(shown["next_backup_at"]) > clock.wall()
    assert datetime.fromisoformat(shown["next_drill_at"]) > clock.wall()


async def test_a_backup_that_fails_is_journalled_and_does_not_raise(shop: Shop, caplog) -> None:
    (shop.settings.keys / "index.key").unlink()
    jobs.use(shop.database)

    await runs.make_backup({})

    jobs.use(None)
    (run,) = journal.list_runs(shop.backups)
    assert (run.outcome, run.code) == ("failed", "keys.missing")
    assert "index.key" in run.detail.en
    assert alerts(caplog) == ["backup failed"]


async def test_a_drill_of_the_worker_runs_in_its_own_process(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    await shop.back_up()
    monkeypatch.setenv("SHUKE_DATA_DIRECTORY", str(shop.settings.data_directory))
    monkeypatch.setenv("SHUKE_BACKUP_MAX_AGE_HOURS", "1")
    later = folder.name_of(clock.wall() - timedelta(hours=3))
    (found,) = folder.list_data(shop.backups)
    manifest = found.manifest.model_copy(update={"made_at": folder.moment_of(later)})
    (found.path / "manifest.json").write_text(manifest.model_dump_json())

    await runs.hold_drill({})

    (run,) = journal.list_runs(shop.backups)
    assert (run.kind, run.outcome) == ("drill", "failed")
    assert {check.code for check in run.checks if check.state == "failed"} == {"age"}
    assert alerts(caplog) == ["drill not passed"]


async def test_a_drill_whose_process_ends_without_a_word_is_a_failure(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHUKE_BACKUP_MAX_AGE_HOURS", "no number")

    with pytest.raises(runs.DrillBrokeOff):
        await runs.hold_drill({})


async def test_nothing_is_made_by_night_where_the_server_has_its_own_tools(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "backup_nightly", False)

    await runs.make_nightly_backup()
    await runs.hold_weekly_drill()

    assert not shop.backups.exists()


def test_the_program_has_the_nightly_backup_and_the_weekly_drill() -> None:
    names = {schedule.name for module in MODULES for schedule in module.schedules}

    assert {runs.NIGHTLY, runs.WEEKLY} <= names

"""The event log as people read it, and whether everything is well."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shuke.main.backup import journal
from shuke.main.backup.journal import Run
from shuke.main.operations import event_log
from shuke.main.operations.health import keeping, worst
from shuke.main.operations.health.model import age, size
from shuke.platform import clock
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

_URL = "/v1/operations"
_EVENT = text(
    "insert into event (name, member_id, occurred_at, recorded_at, body) "
    "values (:name, :member, :at, :at, '{\"amount\": 7}') returning id"
)


async def _logged(database: Database, *events: tuple[str, int, int]) -> list[int]:
    """Events of a name, a member, and so many days ago."""
    async with database.transaction() as session:
        return [
            (
                await session.execute(
                    _EVENT, {"name": name, "member": member, "at": clock.now() - timedelta(days=days)}
                )
            ).scalar_one()
            for name, member, days in events
        ]


async def _shown(client: httpx.AsyncClient, **params: Any) -> list[int]:
    answer = await client.get(f"{_URL}/events", params=params)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


async def test_the_log_is_read_by_name_member_and_day(client: httpx.AsyncClient, database: Database) -> None:
    joined = await client.post("/v1/members", json={"phone": "15400000001", "name": "王小明"})
    member = joined.json()["id"]
    before = await _shown(client)
    ids = await _logged(database, ("order.paid", member, 3), ("order.paid", 0, 0), ("tier.changed", member, 0))

    assert await _shown(client) == [*reversed(ids), *before]
    assert await _shown(client, name="order.paid") == [ids[1], ids[0]]
    assert await _shown(client, name="order.paid", member=str(member)) == [ids[0]]
    day = (clock.now() - timedelta(days=3)).astimezone().date()
    zone = (await client.get("/v1/shop")).json()["time_zone"]
    async with database.transaction() as session:
        day = (
            await session.execute(
                text("select (recorded_at at time zone :zone)::date from event where id = :id"),
                {"zone": zone, "id": ids[0]},
            )
        ).scalar_one()
    assert await _shown(client, day=day.isoformat()) == [ids[0]]
    (shown,) = (await client.get(f"{_URL}/events", params={"name": "tier.changed"})).json()["items"]
    assert (shown["label"], shown["member_id"], shown["body"]) == ("Level changed", member, {"amount": 7})
    assert "王小明" not in (await client.get(f"{_URL}/events")).text


async def test_a_rare_name_is_looked_for_page_by_page(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "_LOOKED_AT", 3)
    ids = await _logged(database, ("order.paid", 0, 0), *[("order.refunded", 0, 0)] * 5)

    found: list[int] = []
    pages, cursor = 0, None
    while cursor is not None or not pages:
        params = {"name": "order.paid"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(f"{_URL}/events", params=params)).json()
        found += [one["id"] for one in page["items"]]
        pages, cursor = pages + 1, page["next"]

    assert (found, pages > 1) == ([ids[0]], True)


@pytest.mark.parametrize(
    "params", [{"member": "phone:15400000001"}, {"member": "a\x00"}, {"day": "yesterday"}, {"cursor": "x"}]
)
async def test_what_is_no_filter_is_refused(client: httpx.AsyncClient, params: dict[str, str]) -> None:
    assert (await client.get(f"{_URL}/events", params=params)).status_code == 422


async def test_an_unknown_member_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{_URL}/events", params={"member": "999999"})).status_code == 404


async def test_health_says_what_is_wrong_and_what_to_do(client: httpx.AsyncClient, database: Database) -> None:
    quiet = {one["code"]: one for one in (await client.get(f"{_URL}/health")).json()["items"]}
    async with database.transaction() as session:
        await session.execute(
            text("insert into queue.pgqueuer (priority, status, entrypoint) values (0, 'failed', 'exports.run')")
        )
        await session.execute(
            text(
                "insert into work_outcome (kind, name, started_at, seconds, outcome, failures) values "
                "('schedule', 'ledger.due', now(), 1, 'failed', 2), "
                "('consumer', 'analytics.sales', now(), 0, 'failed', 5)"
            )
        )

    answer = (await client.get(f"{_URL}/health")).json()

    found = {one["code"]: one for one in answer["items"]}
    codes = ("work.failed", "work.schedules", "work.events")
    assert [quiet[code]["state"] for code in codes] == ["ok", "ok", "ok"]
    assert [found[code]["state"] for code in codes] == ["wrong", "wrong", "wrong"]
    assert (answer["state"], found["work.failed"]["said"]) == ("wrong", "1 failed after all tries")
    assert "Expire, mature and release points" in found["work.schedules"]["said"]
    assert [quiet[code]["state"] for code in ("database.version", "database.schema", "database.roles")] == ["ok"] * 3
    # The tests run no worker, and the ledger of a new shop was never verified.
    assert (quiet["work.worker"]["state"], quiet["safety.ledger"]["state"]) == ("note", "note")
    assert all(one["mend"] for one in answer["items"] if one["state"] != "ok" and one["code"] != "work.events.x")
    assert all(not one["mend"] for one in answer["items"] if one["state"] == "ok")


def a_run(kind: Any, outcome: Any, hours: float) -> Run:
    return Run(kind=kind, at=clock.wall() - timedelta(hours=hours), seconds=1, outcome=outcome)


@pytest.mark.parametrize(
    ("newest_h", "last", "state"),
    [(None, None, "wrong"), (2, "passed", "ok"), (30, "passed", "wrong"), (2, "failed", "wrong")],
)
def test_backups_are_judged_by_age_and_by_how_the_last_ended(newest_h: float | None, last: Any, state: str) -> None:
    files = keeping.BackupFiles(
        newest_at=None if newest_h is None else clock.wall() - timedelta(hours=newest_h),
        last_backup=None if last is None else a_run("backup", last, 1),
        last_drill=None,
    )

    assert keeping.backup(files, 26).state == state


@pytest.mark.parametrize(
    ("outcome", "hours", "state"),
    [("passed", 1, "ok"), ("passed", 24 * 20, "note"), ("failed", 1, "wrong"), ("incomplete", 1, "note")],
)
def test_drills_are_judged(tmp_path: Path, outcome: Any, hours: float, state: str) -> None:
    journal.record(tmp_path, a_run("drill", outcome, hours))

    check = keeping.drill(keeping.look_at_backups(tmp_path))

    assert (check.state, bool(check.mend.zh)) == (state, state != "ok")


def test_no_drill_at_all_is_worth_a_note(tmp_path: Path) -> None:
    assert keeping.drill(keeping.look_at_backups(tmp_path)).state == "note"


def test_the_whole_is_as_bad_as_its_worst(tmp_path: Path) -> None:
    drill = keeping.drill(keeping.look_at_backups(tmp_path))
    backup = keeping.backup(keeping.look_at_backups(tmp_path), 26)

    assert (worst([]), worst([drill]), worst([drill, backup])) == ("ok", "note", "wrong")


def test_ages_and_sizes_read_well() -> None:
    assert [age(seconds) for seconds in (3, 60, 7_200, 90_000)] == [
        LocalName("不到 1 分钟", "less than a minute"),
        LocalName("1 分钟", "1 minute"),
        LocalName("2 小时", "2 hours"),
        LocalName("1 天", "1 day"),
    ]
    assert [size(value) for value in (12, 2_048, 3 << 20, 5 << 40)] == ["12 B", "2 kB", "3.0 MB", "5.0 TB"]

"""A drill passes only when everything was looked at and is right."""

import shutil
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from shuke.loyalty.ledger import verify
from shuke.main.backup import drill, folder, journal, programs
from shuke.main.backup.copying import Made
from shuke.main.backup.journal import Run
from shuke.platform import clock
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

from .conftest import Shop

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]


def states(run: Run) -> dict[str, str]:
    return {check.code: check.state for check in run.checks}


def said(run: Run, code: str) -> LocalName:
    return next(check.detail for check in run.checks if check.code == code)


async def test_a_whole_backup_passes_every_check(shop: Shop) -> None:
    made = await shop.back_up()

    run = await drill.hold_drill(shop.settings)

    assert states(run) == dict.fromkeys(drill.LABELS, "ok")
    assert (run.outcome, run.backup) == ("passed", made.data.name)
    assert said(run, "keys").en == "Opened the data of 4 members"
    assert journal.list_runs(shop.backups) == [run]


async def test_without_keys_it_says_what_was_not_checked_and_does_not_pass(shop: Shop) -> None:
    made = await shop.back_up()
    made.keys.path.unlink()

    run = await drill.hold_drill(shop.settings)

    assert states(run) == {**dict.fromkeys(drill.LABELS, "ok"), "keys": "not_checked"}
    assert run.outcome == "incomplete"


async def test_without_any_backup_it_fails(shop: Shop) -> None:
    run = await drill.hold_drill(shop.settings)

    assert states(run) == {**dict.fromkeys(drill.LABELS, "not_checked"), "found": "failed"}
    assert run.outcome == "failed"


async def test_a_backup_that_is_too_old_fails(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    await shop.back_up()
    later = clock.wall() + timedelta(hours=26, minutes=40)
    monkeypatch.setattr(clock, "wall", lambda: later)

    run = await drill.hold_drill(shop.settings)

    assert (run.outcome, states(run)["age"]) == ("failed", "failed")
    assert said(run, "age").en == "The newest backup is 27 hours old, more than 26"


async def test_a_changed_file_fails_and_nothing_is_restored(shop: Shop) -> None:
    made = await shop.back_up()
    with made.data.dump.open("r+b") as file:
        file.seek(2_000)
        file.write(b"changed")

    run = await drill.hold_drill(shop.settings)

    assert run.outcome == "failed"
    assert (states(run)["files"], states(run)["restore"]) == ("failed", "not_checked")


@pytest.mark.parametrize(
    ("statement", "failed"),
    [
        ("delete from heartbeat; delete from order_number", {"restore"}),
        ("update ledger_account set available = available + 1000", {"ledger"}),
        ("update ledger_entry set amount = amount + 1000 where version = 1", {"ledger"}),
        ("update ledger_account set head_hash = sha256('changed')", {"heads", "ledger"}),
        ("update member set profile = profile || 'x' where profile is not null", {"keys"}),
        ("grant update on ledger_entry to shuke_app", {"rights"}),
    ],
)
async def test_an_altered_dump_with_a_fitting_manifest_fails(
    shop: Shop, superuser_url: str, statement: str, failed: set[str]
) -> None:
    made = await shop.back_up()
    await tamper(shop, made, superuser_url, statement)

    run = await drill.hold_drill(shop.settings)

    assert {code for code, state in states(run).items() if state == "failed"} == failed
    assert run.outcome == "failed"


async def tamper(shop: Shop, made: Made, superuser_url: str, statement: str) -> None:
    """Change the dump as somebody would who can also change the manifest."""
    admin = await asyncpg.connect(superuser_url)
    await admin.execute("set session_replication_role = replica")
    await admin.execute(statement)
    await admin.close()
    made.data.dump.unlink()
    left_out = ["--exclude-table-data=vault.member_key", "--exclude-table-data=idempotency"]
    target = [f"--file={made.data.dump}", f"--dbname={superuser_url}"]
    await programs.run("pg_dump", "-Fc", "--no-unlogged-table-data", *left_out, *target)
    manifest = made.data.manifest.model_copy(update={"files": {"database.dump": folder.sha256_of(made.data.dump)}})
    (made.data.path / "manifest.json").write_text(manifest.model_dump_json())


async def test_a_check_that_breaks_off_has_failed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks_off(_: Database) -> None:
        raise ZeroDivisionError

    await shop.back_up()
    monkeypatch.setattr(verify, "verify_ledger", breaks_off)

    run = await drill.hold_drill(shop.settings)

    assert (run.outcome, states(run)["ledger"]) == ("failed", "failed")
    assert said(run, "ledger").en == "It broke off: ZeroDivisionError, see the log"


async def test_keys_of_another_installation_fail(shop: Shop) -> None:
    made = await shop.back_up()
    for number, path in enumerate(shop.settings.keys.iterdir()):
        path.write_text(f"shuke-key-v1 {'ABC'[number] * 42}A=\n")
    again = await shop.back_up()
    shutil.rmtree(again.data.path)
    again.keys.path.rename(made.keys.path)

    run = await drill.hold_drill(shop.settings)

    assert {code for code, state in states(run).items() if state == "failed"} == {"keys"}
    assert "Put the right key file back" in said(run, "keys").en


def test_the_journal_keeps_what_ran_and_leaves_out_a_torn_line(tmp_path: Path) -> None:
    first = Run(kind="backup", at=clock.wall(), seconds=1.5, outcome="passed", backup="one")
    second = Run(kind="drill", at=clock.wall(), seconds=2, outcome="failed", code="backup.not_found")
    journal.record(tmp_path, first)
    with (tmp_path / "journal.jsonl").open("a") as file:
        file.write('{"kind": "dri\n')
    journal.record(tmp_path, second)

    assert journal.list_runs(tmp_path) == [second, first]
    assert journal.latest(journal.list_runs(tmp_path), "backup") == first
    assert journal.list_runs(tmp_path / "nowhere") == []

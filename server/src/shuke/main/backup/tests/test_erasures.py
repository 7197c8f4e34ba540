"""Who was erased stays erased: an older backup that still has their key is restored, and nobody can read them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from shuke.main.backup import drill, erasures, folder, restoring
from shuke.main.modules import MODULES
from shuke.people import members, rights
from shuke.people.rights import jobs as work
from shuke.platform import clock, jobs, module
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Database
from shuke.platform.embedded import APP_ROLE, DATABASE, EmbeddedServer, Urls, ensure_database

from .conftest import Shop

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def _installed(shop: Shop) -> None:
    module.install(MODULES)
    jobs.use(shop.database)


async def ids_in(database: Database) -> list[int]:
    async with database.transaction() as session:
        return list((await session.execute(text("select member_id from member order by member_id"))).scalars())


async def erase(shop: Shop, member_id: int) -> rights.Erasure:
    async with shop.database.transaction() as session:
        done = await rights.erase_person(session, member_id, because="request", request_id=None, actor="staff:1")
    await work.keep_journal()
    return done


async def traces_in(database: Database, member_id: int) -> tuple[str | None, int, int, str]:
    """The name, the keys, the identities and the status of a member."""
    async with database.transaction() as session:
        found = await members.names(session, [member_id], EVERYTHING)
        counts = await session.execute(
            text(
                "select (select count(*) from vault.member_key where member_id = :id), "
                "(select count(*) from member_identity where member_id = :id), "
                "(select status from member where member_id = :id)"
            ),
            {"id": member_id},
        )
        row = counts.one()
    return found[member_id].name, row[0], row[1], row[2]


async def test_an_older_backup_with_its_own_keys_brings_nobody_back(shop: Shop, empty_database_urls: Urls) -> None:
    erased, kept = (await ids_in(shop.database))[:2]
    old = await shop.back_up()
    await erase(shop, erased)

    async with restoring.open_source(old.data, old.keys.path) as source:
        await restoring.restore_elsewhere(source, shop.settings, empty_database_urls.owner, is_replacing=False)

    other = Database(empty_database_urls.app)
    assert await traces_in(other, erased) == (None, 0, 0, "erased")
    assert (await traces_in(other, kept))[1:] == (1, 1, "active")
    async with other.transaction() as session:
        known = await rights.list_erasures(session)
    await other.close()
    assert [one.member_id for one in known] == [erased]


async def test_without_the_journal_the_same_restore_would_bring_them_back(
    shop: Shop, empty_database_urls: Urls
) -> None:
    erased = (await ids_in(shop.database))[0]
    old = await shop.back_up()
    await erase(shop, erased)
    (shop.backups / "erasures.jsonl").unlink()

    async with restoring.open_source(old.data, old.keys.path) as source:
        await restoring.restore_elsewhere(source, shop.settings, empty_database_urls.owner, is_replacing=False)

    other = Database(empty_database_urls.app)
    assert (await traces_in(other, erased))[1:] == (1, 1, "active")
    await other.close()


async def test_restoring_over_the_installation_erases_again(shop: Shop, embedded_server: EmbeddedServer) -> None:
    erased = (await ids_in(shop.database))[0]
    old = await shop.back_up()
    await erase(shop, erased)
    await ensure_database(embedded_server)

    async with restoring.open_source(old.data, old.keys.path) as source:
        await restoring.restore_installation(source, shop.settings, embedded_server, is_replacing=True)

    other = Database(embedded_server.url(APP_ROLE, DATABASE))
    assert await traces_in(other, erased) == (None, 0, 0, "erased")
    await other.close()


async def test_where_no_module_is_at_hand_the_key_goes_at_once_and_the_rest_at_the_next_start(
    shop: Shop, empty_database_urls: Urls
) -> None:
    erased = (await ids_in(shop.database))[0]
    old = await shop.back_up()
    await erase(shop, erased)
    module.install(())
    async with restoring.open_source(old.data, old.keys.path) as source:
        await restoring.restore_elsewhere(source, shop.settings, empty_database_urls.owner, is_replacing=False)
    module.install(MODULES)
    other = Database(empty_database_urls.app)
    at_once = await traces_in(other, erased)

    jobs.use(other)
    await work.keep_journal()

    later = await traces_in(other, erased)
    await other.close()
    assert (at_once, later) == ((None, 0, 1, "active"), (None, 0, 0, "erased"))


async def test_the_drill_sees_that_the_erased_stay_unreadable(shop: Shop) -> None:
    erased = (await ids_in(shop.database))[0]
    await shop.back_up()
    await erase(shop, erased)

    run = await drill.hold_drill(shop.settings)

    said = {check.code: (check.state, check.detail.en) for check in run.checks}
    assert said["erased"] == ("ok", "Erased 1 again after the restore")
    assert run.outcome == "passed"


async def test_a_line_that_was_cut_off_is_passed_over_and_written_again(shop: Shop) -> None:
    first, second = (await ids_in(shop.database))[:2]
    done = [await erase(shop, first), await erase(shop, second)]
    path = shop.backups / "erasures.jsonl"
    path.write_bytes(path.read_bytes()[:-40])

    await work.keep_journal()

    assert {one.code for one in erasures.read(shop.backups)} == {one.code for one in done}
    assert path.stat().st_mode & 0o077 == 0


def test_keys_live_for_seven_days_and_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    young, old = "20261122T184100.123Z", "20261115T184059.123Z"
    for name in (young, old):
        folder.place_keys(tmp_path, name).touch()
    monkeypatch.setattr(clock, "wall", lambda: folder.moment_of(young))

    folder.prune(tmp_path, keep_days=30, keep_count=7)

    assert [found.name for found in folder.list_keys(tmp_path)] == [young]
    assert folder.KEYS_LIVE.days == 7

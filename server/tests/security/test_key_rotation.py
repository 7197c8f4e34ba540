"""Keys are exchanged while the program reads and writes; nobody notices, and the old key opens nothing in the end."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from shuke.main import key_rotation
from shuke.people.members.queries import open_members
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import keys
from shuke.platform.crypto import SealBroken
from shuke.platform.db import Database
from shuke.platform.keys import FileKeyEncryption, KeyRing, KeyStillNeeded, WrappedKey, files, rotation

PEOPLE = 2_000


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def many(database: Database, count: int) -> list[int]:
    async with database.transaction() as session:
        return await enrolled(session, [person(f"王小{no}", phone(f"154{no:08d}")) for no in range(count)])


async def name_of(database: Database, member_id: int) -> object:
    async with database.transaction() as session:
        return (await open_members(session, [member_id]))[member_id].profile.name


async def versions(database: Database) -> dict[int, int]:
    async with database.transaction() as session:
        rows = await session.execute(text("select kek_version, count(*) from vault.member_key group by 1"))
        return {row[0]: row[1] for row in rows}


@pytest.mark.usefixtures("opened")
async def test_two_thousand_members_are_carried_over_while_others_read_and_join(database: Database, key_folder: Path):
    ids = await many(database, PEOPLE)
    stopped, reads, joined = asyncio.Event(), 0, 0

    async def read(step: int) -> None:
        nonlocal reads
        while not stopped.is_set():
            place = reads * step % PEOPLE
            assert await name_of(database, ids[place]) == f"王小{place}"
            reads += 1

    async def join() -> None:
        nonlocal joined
        while not stopped.is_set():
            async with database.transaction() as session:
                await enrolled(session, [person(None, phone(f"155{joined:08d}"))])
            joined += 1

    work = [asyncio.create_task(one) for one in (read(1), read(7), join())]
    seen = []
    name = await key_rotation.rotate(database, key_folder, "kek", seen.append)
    stopped.set()
    await asyncio.gather(*work)

    assert name == "kek-2.key"
    assert seen[-1].done >= seen[-1].total > 0
    assert seen[-1].finished_at is not None
    assert await versions(database) == {2: PEOPLE + joined}
    assert reads > 100
    assert joined > 10


async def test_a_rotation_that_breaks_off_goes_on_where_it_was(
    database: Database, key_folder: Path, opened: KeyRing, monkeypatch: pytest.MonkeyPatch
):
    ids = await many(database, 100)
    monkeypatch.setattr(rotation, "CHUNK", 30)
    async with database.transaction() as session:
        await rotation.add_key(session, key_folder, "kek")

    def break_off(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rotation.rewrap(database, break_off)
    assert await versions(database) == {1: 70, 2: 30}
    assert [await name_of(database, member_id) for member_id in (ids[0], ids[99])] == ["王小0", "王小99"]
    seen = []

    assert await rotation.rewrap(database, seen.append) == 70

    assert [at.done for at in seen] == [60, 90, 100]
    assert await versions(database) == {2: 100}
    assert await rotation.rewrap(database) == 0


async def test_a_key_is_retired_only_when_nothing_needs_it_and_opens_nothing_then(
    database: Database, key_folder: Path, opened: KeyRing, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("shuke.people.members.rekeying.SETTLE_S", 0.0)
    ids = await many(database, 5)
    old = files.read_file(key_folder / "kek-1.key")
    with pytest.raises(KeyStillNeeded):
        await key_rotation.retire(database, key_folder, "kek-1.key")
    async with database.transaction() as session:
        await rotation.add_key(session, key_folder, "kek")
    with pytest.raises(KeyStillNeeded, match="5 things"):
        await key_rotation.retire(database, key_folder, "kek-1.key")
    assert (key_folder / "kek-1.key").exists()
    await rotation.rewrap(database)

    await key_rotation.retire(database, key_folder, "kek-1.key")

    assert names_in(key_folder) == ["index.key", "kek-1.retired", "kek-2.key", "ledger.key"]
    assert await name_of(database, ids[3]) == "王小3"
    async with database.transaction() as session:
        assert (await keys.open_keys(session, key_folder)).version == 2
        row = (await session.execute(text("select wrapped, kek_version from vault.member_key limit 1"))).one()
    for version in (1, 2):
        with pytest.raises(SealBroken):
            await FileKeyEncryption({version: old}).unwrap([WrappedKey(row.wrapped, version)], [f"member:{ids[0]}"])


async def test_whoever_is_still_at_work_from_before_keeps_the_old_key(
    database: Database, key_folder: Path, opened: KeyRing
):
    async with database.transaction() as busy:
        await busy.execute(text("select 1"))
        async with database.transaction() as session:
            await rotation.add_key(session, key_folder, "kek")
        await rotation.rewrap(database)

        with pytest.raises(KeyStillNeeded):
            await key_rotation.retire(database, key_folder, "kek-1.key")

    assert (key_folder / "kek-1.key").exists()


async def test_a_process_that_has_not_looked_yet_looks_when_it_meets_an_unknown_key(
    database: Database, key_folder: Path, opened: KeyRing, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("shuke.platform.keys.key_ring.LOOK_EVERY_S", 3600.0)
    async with database.transaction() as session:
        late = await keys.open_keys(session, key_folder)
        await rotation.add_key(session, key_folder, "kek")
        early = await keys.open_keys(session, key_folder)
    [(data_key, stored)] = await early.make(["note:1"])
    assert (stored.version, late._key_encryption.version) == (2, 1)

    assert await late.open([(stored, "note:1")]) == [data_key]
    assert late.version == 2


async def test_a_key_file_that_is_changed_in_place_is_not_taken_up(
    database: Database, key_folder: Path, opened: KeyRing
):
    ids = await many(database, 1)
    kept = (key_folder / "kek-1.key").read_bytes()
    (key_folder / "kek-1.key").unlink()
    files.make_file(key_folder / "kek-1.key")
    assert (key_folder / "kek-1.key").read_bytes() != kept

    assert await name_of(database, ids[0]) == "王小0"


async def test_roots_of_an_older_signing_key_stay_good(
    database: Database, key_folder: Path, opened: KeyRing, monkeypatch: pytest.MonkeyPatch
):
    from shuke.loyalty.ledger import verify  # noqa: PLC0415 — only this test is about the ledger
    from shuke.loyalty.ledger.verify import roots  # noqa: PLC0415 — as above

    monkeypatch.setattr("shuke.people.members.rekeying.SETTLE_S", 0.0)
    first = await verify.make_root(database)
    async with database.transaction() as session:
        await rotation.add_key(session, key_folder, "ledger")
    second = await verify.make_root(database)
    await key_rotation.retire(database, key_folder, "ledger.key")
    third = await verify.make_root(database)

    async with database.transaction() as session:
        assert await roots.check_roots(session, third) is None
        known = await roots.public_keys(session)
    assert first.key_id != second.key_id == third.key_id
    assert known.keys() == {first.key_id, second.key_id}

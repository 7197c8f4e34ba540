"""While one index key takes the place of another, everybody is found at every moment, and nobody joins twice."""

from pathlib import Path

import pytest
from sqlalchemy import text

from shuke.main import key_rotation
from shuke.people import members
from shuke.people.members import rekeying
from shuke.people.members.rekeying import indexes
from shuke.people.members.testing import person, phone
from shuke.platform import keys
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Database
from shuke.platform.keys import KeyRing, KeyStillNeeded, files, rotation

SURNAMES = "王李张刘陈杨赵黄周吴"
PEOPLE = 60


def number(no: int) -> str:
    return f"154{no:08d}"


def name(no: int) -> str:
    return f"{SURNAMES[no % 10]}小{SURNAMES[no // 10 % 10]}"


async def join(database: Database, numbers: range) -> list[int]:
    async with database.transaction() as session:
        return await members.resolve_or_create(session, [person(name(no), phone(number(no))) for no in numbers])


async def require_all_found(database: Database, ids: list[int]) -> None:
    """Everybody by phone, by the end of the phone, and by name; and whoever joins again is who they are."""
    async with database.transaction() as session:
        wanted = [("phone", "", number(no)) for no in range(len(ids))]
        found = await members.resolve(session, wanted)
        assert [found.get(one) for one in wanted] == ids
        for no in range(0, len(ids), 7):
            assert await members.get_id(session, f"phone:{number(no)}", EVERYTHING) == ids[no]
            for question in (number(no), name(no)):
                page = await members.list_members(session, members.MemberFilters(q=question), EVERYTHING, limit=100)
                assert ids[no] in {row.id for row in page.items}, question
        with pytest.raises(members.IdentityTaken):
            await members.sign_up(session, person(None, phone(number(3))))
    assert await join(database, range(0, len(ids), 5)) == ids[::5]


async def test_everybody_is_found_at_every_stage(
    database: Database, key_folder: Path, opened: KeyRing, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(indexes, "CHUNK", 20)
    monkeypatch.setattr(rekeying, "SETTLE_S", 0.0)
    ids = await join(database, range(PEOPLE))
    # Another process that has not looked at the key files yet.
    late = KeyRing(opened._key_encryption, opened._files)
    await require_all_found(database, ids)

    async with database.transaction() as session:
        await rotation.add_key(session, key_folder, "index")
    assert opened.index.versions == (1, 2)
    await require_all_found(database, ids)
    ids += await join(database, range(PEOPLE, PEOPLE + 10))
    keys.use(late)
    ids += await join(database, range(PEOPLE + 10, PEOPLE + 20))
    await require_all_found(database, ids)
    keys.use(opened)
    await require_all_found(database, ids)

    def break_off(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rekeying.reindex(database, break_off, settle_s=0)
    async with database.transaction() as session:
        assert await rekeying.count_indexed_otherwise(session) == 50
    await require_all_found(database, ids)
    with pytest.raises(KeyStillNeeded):
        await key_rotation.retire(database, key_folder, "index.key")

    assert await rekeying.reindex(database, settle_s=0) == 50
    await require_all_found(database, ids)
    async with database.transaction() as session:
        assert await rekeying.count_indexed_by(session, 1) == 0
        assert (await session.execute(text("select count(*) from member_identity_owner"))).scalar_one() == 2 * len(ids)

    await key_rotation.retire(database, key_folder, "index.key")
    assert opened.index.versions == (2,)
    await require_all_found(database, ids)
    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from member_identity_owner"))).scalar_one() == len(ids)
        again = await keys.open_keys(session, key_folder)
    assert again.index.versions == (2,)
    await require_all_found(database, ids)
    assert files.is_retired(key_folder, "index.key")


async def test_who_joins_by_either_key_at_once_is_one_member(database: Database, key_folder: Path, opened: KeyRing):
    late = KeyRing(opened._key_encryption, opened._files)
    async with database.transaction() as session:
        await rotation.add_key(session, key_folder, "index")
    keys.use(late)
    [first] = await join(database, range(1))
    keys.use(opened)

    assert await join(database, range(1)) == [first]

    [second] = await join(database, range(1, 2))
    keys.use(late)
    assert await join(database, range(1, 2)) == [second]


async def test_who_changes_a_name_by_the_old_key_is_met_in_the_next_round(
    database: Database, key_folder: Path, opened: KeyRing
):
    [member_id] = await join(database, range(1))
    late = KeyRing(opened._key_encryption, opened._files)
    async with database.transaction() as session:
        await rotation.add_key(session, key_folder, "index")
    assert await rekeying.reindex(database, settle_s=0) == 1
    keys.use(late)
    async with database.transaction() as session:
        change = members.ProfileChange(name="欧阳修")
        await members.update_profile(session, member_id, change, version=1)
    keys.use(opened)

    assert await rekeying.reindex(database, settle_s=0) == 1

    async with database.transaction() as session:
        page = await members.list_members(session, members.MemberFilters(q="欧阳修"), EVERYTHING)
    assert [row.id for row in page.items] == [member_id]

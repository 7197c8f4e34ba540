import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from shuke.people import members
from shuke.people.members.testing import external, person, phone
from shuke.platform import clock, consumers, jobs
from shuke.platform.actor import EVERYTHING, SYSTEM
from shuke.platform.db import Database, raw

from .. import actions, finding, queries, searching
from ..errors import PairDecided, SearchRunning
from ..privacy import erase, export
from ..queries import Pair
from ..rules.policy import Settings

MING = members.Profile(name="王小明", birthday="1990-05-12", gender="male")


@pytest.fixture(autouse=True)
async def _shop(app) -> None:
    """Members in full show amounts in the shop's currency."""


@pytest.fixture(autouse=True)
def _jobs(database: Database):
    jobs.use(database)
    yield
    jobs.use(None)


async def enrol(database: Database, people: Sequence[members.NewMember]) -> list[int]:
    async with database.transaction() as session:
        ids = await members.resolve_or_create(session, people)
    await settle(database)
    return ids


async def settle(database: Database) -> None:
    """Let events and the job that they ask for take effect."""
    await consumers.run_until_idle(database)
    await searching.look_at_changed({})


async def search(database: Database) -> queries.Search:
    async with database.transaction() as session:
        started = await searching.start_search(session, SYSTEM)
    await searching.search_when_asked({"search_id": started.id})
    async with database.transaction() as session:
        return await queries.get_search(session, started.id)


async def pairs(database: Database, state="waiting") -> list[Pair]:
    async with database.transaction() as session:
        page = await queries.list_pairs(
            session, EVERYTHING, state=state, likelihood=None, member_ids=None, limit=50, cursor=None
        )
    return list(page.items)


def ming(number: str, **facts) -> members.NewMember:
    return members.NewMember(identities=(phone(number),), profile=facts.pop("profile", MING), **facts)


async def test_two_with_the_same_name_and_birthday_wait_for_a_judgement(database: Database):
    one, other, _ = await enrol(
        database, [ming("15400000001"), ming("15499998888"), person("李强", phone("15400000003"))]
    )

    (pair,) = await pairs(database)

    assert (pair.first.id, pair.second.id) == (one, other)
    assert pair.likelihood == "certain"
    assert set(pair.reasons) == {"name_same", "birthday_same"}


async def test_a_search_of_everybody_finds_what_the_search_of_the_changed_found(database: Database):
    people = [ming("15400000001"), ming("15499998888"), ming("15477776666")]
    await enrol(database, people)
    found = {(pair.first.id, pair.second.id, pair.score) for pair in await pairs(database)}
    async with database.transaction() as session:
        await (await raw(session)).execute("delete from duplicate_pair; delete from duplicate_block")
        await (await raw(session)).execute("update duplicate_member set print = null")

    done = await search(database)

    assert len(found) == 3
    assert {(pair.first.id, pair.second.id, pair.score) for pair in await pairs(database)} == found
    assert (done.state, done.members, done.members_read, done.members_compared) == ("done", 3, 3, 3)
    assert (done.pairs_compared, done.blocks_skipped, done.percent) == (3, 0, 100)


async def test_a_search_that_died_goes_on_where_it_was(database: Database, monkeypatch):
    monkeypatch.setattr(searching, "CHUNK", 1)
    await enrol(database, [ming("15400000001"), ming("15499998888")])
    async with database.transaction() as session:
        started = await searching.start_search(session, SYSTEM)
    assert await searching._one_step(started.id)

    await searching.search_when_asked({"search_id": started.id})

    async with database.transaction() as session:
        done = await queries.get_search(session, started.id)
    assert (done.state, done.members_read, done.members_compared) == ("done", 2, 2)
    assert len(await pairs(database)) == 1


async def test_one_search_at_a_time_and_a_silent_one_counts_as_broken(database: Database):
    async with database.transaction() as session:
        first = await searching.start_search(session, SYSTEM)
    with pytest.raises(SearchRunning):
        async with database.transaction() as session:
            await searching.start_search(session, SYSTEM)
    async with database.transaction() as session:
        await (await raw(session)).execute("update duplicate_search set moved_at = moved_at - interval '1 hour'")
        second = await searching.start_search(session, SYSTEM)
        assert (await queries.get_search(session, first.id)).state == "broken"
    # Its job comes late, and does nothing.
    await searching.search_when_asked({"search_id": first.id})
    async with database.transaction() as session:
        assert (await queries.get_search(session, first.id)).state == "broken"
        assert (await queries.get_search(session, second.id)).members_read == 0


async def test_a_dismissed_pair_stays_dismissed_until_its_data_change(database: Database):
    one, _ = await enrol(database, [ming("15400000001"), ming("15499998888")])
    (pair,) = await pairs(database)
    async with database.transaction() as session:
        await actions.dismiss(session, SYSTEM, pair.id, "brothers")
    with pytest.raises(PairDecided):
        async with database.transaction() as session:
            await actions.dismiss(session, SYSTEM, pair.id, "again")

    await search(database)
    (dismissed,) = await pairs(database, "dismissed")
    assert (await pairs(database), dismissed.decided_because) == ([], "brothers")

    async with database.transaction() as session:
        version = (await members.get_member(session, one, EVERYTHING)).version
        await members.update_profile(session, one, members.ProfileChange(gender=None), version=version)
    await settle(database)
    assert [found.id for found in await pairs(database)] == [pair.id]
    assert await pairs(database, "dismissed") == []


async def test_a_pair_that_looks_alike_no_more_is_gone(database: Database):
    one, _ = await enrol(database, [ming("15400000001"), ming("15499998888")])
    async with database.transaction() as session:
        change = members.ProfileChange(name="赵丽华", birthday="1971-01-30", gender="female")
        version = (await members.get_member(session, one, EVERYTHING)).version
        await members.update_profile(session, one, change, version=version)
    await settle(database)

    assert await pairs(database) == []


async def test_merging_decides_the_pair_and_undoing_it_says_that_they_are_two(database: Database):
    one, other, third = await enrol(database, [ming("15400000001"), ming("15499998888"), ming("15477776666")])
    async with database.transaction() as session:
        wanted = members.MergeWanted(absorbed_id=other, survivor_id=one, reason="asked them")
        merge_id = await members.merge(session, SYSTEM, wanted)
    await settle(database)

    assert [(pair.first.id, pair.second.id) for pair in await pairs(database)] == [(one, third)]

    async with database.transaction() as session:
        await members.undo_merge(session, SYSTEM, merge_id, "two people after all")
    await settle(database)
    await search(database)

    assert {(pair.first.id, pair.second.id) for pair in await pairs(database)} == {(one, third), (other, third)}
    (dismissed,) = await pairs(database, "dismissed")
    assert (dismissed.first.id, dismissed.second.id) == (one, other)
    assert dismissed.decided_because == "two people after all"


async def test_a_pair_merged_before_it_was_found_stays_dismissed_when_that_is_undone(database: Database):
    async with database.transaction() as session:
        one, other = await members.resolve_or_create(session, [ming("15400000001"), ming("15499998888")])
        wanted = members.MergeWanted(absorbed_id=other, survivor_id=one, reason="asked them")
        merge_id = await members.merge(session, SYSTEM, wanted)
        await members.undo_merge(session, SYSTEM, merge_id, "two people after all")
    await settle(database)

    assert await pairs(database) == []
    assert [pair.score > 0 for pair in await pairs(database, "dismissed")] == [True]


async def test_who_came_with_identities_of_both_is_found_though_nothing_else_agrees(database: Database):
    await enrol(database, [person("王小明", phone("15400000001")), person(None, external("7"))])
    assert await pairs(database) == []
    await enrol(database, [person(None, phone("15400000001"), external("7"))])

    (pair,) = await pairs(database)
    assert (pair.likelihood, pair.reasons) == ("possible", ("came_together",))
    await search(database)
    assert [found.id for found in await pairs(database)] == [pair.id]


async def test_of_two_who_ask_for_a_search_at_once_one_gets_it(database: Database):
    async def ask() -> bool:
        try:
            async with database.transaction() as session:
                await searching.start_search(session, SYSTEM)
        except SearchRunning:
            return False
        return True

    assert sorted(await asyncio.gather(*(ask() for _ in range(6)))) == [False] * 5 + [True]


async def test_blocks_that_many_share_are_skipped_and_counted(database: Database, monkeypatch):
    monkeypatch.setattr(finding, "LARGEST_BLOCK", 2)
    await enrol(database, [ming(f"1540000{number}") for number in ("1001", "2002", "3003")])

    done = await search(database)

    # Name and birthday: three share it. Name and the beginning of the phone: they do, too.
    assert await pairs(database) == []
    assert (done.blocks_skipped, done.members_skipped) == (2, 6)


async def test_the_frozen_are_left_out_until_they_are_active_again(database: Database):
    one, _ = await enrol(database, [ming("15400000001"), ming("15499998888")])
    async with database.transaction() as session:
        await (await raw(session)).execute("update member set status = 'frozen' where member_id = $1", one)
        await (await raw(session)).execute("update member_summary set status = 'frozen' where member_id = $1", one)
        await actions.mark_changed(session, [one])
    await searching.look_at_changed({})

    assert await pairs(database) == []


async def test_the_database_holds_nothing_of_members_in_clear(database: Database):
    await enrol(database, [ming("15400000001"), ming("15499998888")])

    async with database.transaction() as session:
        driver = await raw(session)
        tables = ("duplicate_member", "duplicate_block", "duplicate_pair", "duplicate_search")
        rows = [row for table in tables for row in await driver.fetch(f"table {table}")]
    dump = " ".join(str(value) for row in rows for value in row if not isinstance(value, datetime))
    assert "name_birthday" in dump
    for clear in ("王小明", "15400000001", "15499998888", "1990-05-12", "05-12", "xiaoming", "agimnox"):
        assert clear not in dump


def with_proof(number: str, address: str) -> members.NewMember:
    proved = members.NewIdentity(kind="email", value=address, is_verified=True)
    return members.NewMember(identities=(phone(number), proved), profile=MING, joined_at=clock.now())


async def test_the_policy_merges_only_what_is_proved_and_only_when_switched_on(database: Database):
    one, other = await enrol(
        database,
        [with_proof("15400000001", "ming@example.com"), with_proof("15499998888", "m.ing+shop@example.com")],
    )
    assert len(await pairs(database)) == 1

    async with database.transaction() as session:
        await actions.set_settings(session, SYSTEM, Settings(merges_automatically=True, least_score=300))
    done = await search(database)

    assert (await pairs(database), done.pairs_merged) == ([], 1)
    async with database.transaction() as session:
        assert await members.roots(session, [one, other]) == {one: one, other: one}
        assert await (await raw(session)).fetchval("select policy from member_merge") == "policy"


async def test_the_policy_leaves_a_household_to_people(database: Database):
    await enrol(
        database,
        [
            with_proof("15400000001", "ming@example.com"),
            with_proof("15499998888", "m.ing@example.com"),
            with_proof("15477776666", "ming+till@example.com"),
        ],
    )
    async with database.transaction() as session:
        await actions.set_settings(session, SYSTEM, Settings(merges_automatically=True, least_score=300))

    done = await search(database)

    assert (len(await pairs(database)), done.pairs_merged) == (3, 0)


async def test_erasing_forgets_hashes_and_pairs(database: Database):
    one, other = await enrol(database, [ming("15400000001"), ming("15499998888")])

    async with database.transaction() as session:
        copies = [row async for row in export(session, [one])]
        erased = await erase(session, [one])
        driver = await raw(session)
        left = await driver.fetchval("select count(*) from duplicate_block where member_id = $1", one)
        kept = await driver.fetchval("select count(*) from duplicate_block where member_id = $1", other)

    assert [(copy["likelihood"], copy["state"]) for copy in copies] == [("certain", "waiting")]
    assert str(other) not in str(copies).replace(copies[0]["found_at"], "")
    assert erased >= 3
    assert (left, kept > 0) == (0, True)

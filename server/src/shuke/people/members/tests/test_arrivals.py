"""Who arrives is somebody known or somebody new, exactly, also when many arrive at once."""

import asyncio
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from shuke.foundation.organization.testing import a_shop
from shuke.people import members
from shuke.people.members.tables import member, member_identity, member_identity_owner, member_key, member_search
from shuke.people.members.testing import external, person, phone
from shuke.platform.actor import EVERYTHING
from shuke.platform.crypto import SealBroken
from shuke.platform.db import Database, Session
from shuke.platform.events import event_log


async def _count(session: Session, table) -> int:
    return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def test_new_members_get_ascending_ids_and_known_ones_keep_theirs(session):
    first = await members.resolve_or_create(session, [person("王小明", external("1")), person("李雷", external("2"))])
    again = await members.resolve_or_create(
        session, [person(None, external("2")), person("韩梅梅", external("3")), person(None, external("1"))]
    )

    assert first == sorted(first)
    assert [again[0], again[2]] == [first[1], first[0]]
    assert again[1] > first[1]


async def test_candidates_that_share_an_identity_are_one_member(session):
    await a_shop(session)
    found = await members.resolve_or_create(
        session,
        [
            person("王小明", external("1")),
            person(None, phone("15400000001"), external("1")),
            person(None, phone("+8615400000001")),
        ],
    )

    assert len(set(found)) == 1
    page = await members.get_member(session, found[0], EVERYTHING)
    assert [(one.kind, one.value) for one in page.identities] == [("external", "*"), ("phone", "154****0001")]


async def test_an_unknown_identity_is_added_and_one_of_somebody_else_stays(session):
    await a_shop(session)
    one, other = await members.resolve_or_create(session, [person("甲", external("1")), person("乙", phone())])

    found = await members.resolve_or_create(
        session, [person(None, external("1"), phone(), members.NewIdentity(kind="email", value="Jia@Example.com"))]
    )

    assert found == [one]
    owners = await members.resolve(
        session, [("phone", "", "15400000001"), ("email", "", "jia@example.com"), ("external", "till", "1")]
    )
    assert owners == {
        ("phone", "", "15400000001"): other,
        ("email", "", "jia@example.com"): one,
        ("external", "till", "1"): one,
    }
    page = await members.list_members(session, members.MemberFilters(q="jia@example.com"), EVERYTHING)
    assert [row.id for row in page.items] == [one]


async def test_the_same_number_of_two_sources_is_two_members(session):
    found = await members.resolve_or_create(
        session, [person("甲", external("1", "till")), person("乙", external("1", "shop"))]
    )

    assert found[0] != found[1]


async def test_joining_is_announced_without_anything_personal(session):
    joined_at = datetime(2010, 12, 1, 8, 26, tzinfo=UTC)
    candidate = members.NewMember(
        identities=(phone(),),
        profile=members.Profile(name="王小明"),
        joined_at=joined_at,
        source=members.MemberSource(channel="till"),
    )

    [found] = await members.resolve_or_create(session, [candidate])

    told = (await session.execute(select(event_log).where(event_log.c.member_id == found))).one()
    assert (told.name, told.occurred_at) == ("member.joined", joined_at)
    assert set(told.body) == {"number", "channel", "store_id", "employee_id", "is_generated", "is_sign_up"}
    assert told.body["channel"] == "till"


@pytest.mark.parametrize(
    ("identity", "error"),
    [
        (members.NewIdentity(kind="phone", value="123"), members.BadPhone),
        (members.NewIdentity(kind="phone", value="not a phone"), members.BadPhone),
        (members.NewIdentity(kind="phone", value="154" * 30), members.BadPhone),
        (members.NewIdentity(kind="email", value="nobody"), members.BadEmail),
        (members.NewIdentity(kind="email", value="a@b"), members.BadEmail),
        (members.NewIdentity(kind="card", value="  "), members.BadIdentity),
        (members.NewIdentity(kind="external", value="1"), members.BadIdentity),
        (members.NewIdentity(kind="external", source="till", value="1\x00"), members.BadIdentity),
        (members.NewIdentity(kind="wechat", source="app", value="o" * 201), members.BadIdentity),
    ],
)
async def test_a_wrong_identity_is_refused_and_nothing_is_written(session, identity, error):
    with pytest.raises(error) as refused:
        await members.resolve_or_create(session, [person("甲", external("1")), person("乙", identity)])

    assert len(identity.value.strip()) < 3 or identity.value not in refused.value.say("zh") + refused.value.say("en")
    for table in (member, member_key, member_identity, member_identity_owner, member_search):
        assert await _count(session, table) == 0


async def test_thirty_two_arrivals_of_one_phone_are_one_member(database: Database):
    async def arrive(place: int) -> int:
        async with database.transaction() as session:
            mine = (external(str(place)), phone("15400000009")) if place % 2 else (phone("+86 154-0000-0009"),)
            [found] = await members.resolve_or_create(session, [person("王小明", *mine)])
            return found

    found = await asyncio.gather(*(arrive(place) for place in range(32)))

    assert len(set(found)) == 1
    async with database.transaction() as session:
        assert await _count(session, member) == 1
        assert await _count(session, member_key) == 1
        assert await _count(session, member_identity_owner) == 17
        assert await _count(session, member_identity) == 17
        told = await session.execute(select(func.count()).where(event_log.c.name == "member.joined"))
        assert told.scalar_one() == 1


async def test_batches_that_cross_each_other_agree(database: Database):
    async def arrive(places) -> list[int]:
        async with database.transaction() as session:
            return await members.resolve_or_create(session, [person(None, external(str(place))) for place in places])

    forwards, backwards = await asyncio.gather(arrive(range(300)), arrive(reversed(range(300))))

    assert forwards == backwards[::-1]
    async with database.transaction() as session:
        assert await _count(session, member) == 300


async def test_signing_up_somebody_known_is_refused(session):
    [known] = await members.resolve_or_create(session, [person("王小明")])
    number = (await members.names(session, [known], EVERYTHING))[known].number

    with pytest.raises(members.IdentityTaken) as refused:
        await members.sign_up(session, person("王小明", phone(), external("7")))

    assert number in refused.value.say("en")
    assert await _count(session, member) == 1
    assert await _count(session, member_identity) == 1


async def test_values_moved_to_another_member_do_not_open(session):
    await a_shop(session)
    one, other = await members.resolve_or_create(session, [person("王小明", phone()), person("李雷", external("2"))])
    stolen = (await session.execute(select(member.c.profile).where(member.c.member_id == one))).scalar_one()

    await session.execute(member.update().where(member.c.member_id == other).values(profile=stolen))

    with pytest.raises(SealBroken):
        await members.get_member(session, other, EVERYTHING)


async def test_without_its_key_a_member_stays_and_says_nothing_personal(session):
    await a_shop(session)
    [found] = await members.resolve_or_create(session, [person("王小明", phone())])

    await session.execute(member_key.delete().where(member_key.c.member_id == found))

    page = await members.get_member(session, found, EVERYTHING)
    assert (page.id, page.name, page.phone, page.identities) == (found, None, None, ())
    with pytest.raises(SealBroken):
        await members.update_profile(session, found, members.ProfileChange(name="李雷"), version=1)
    assert await members.resolve_or_create(session, [person(None, phone())]) == [found]


async def test_nothing_personal_is_readable_in_any_table(database: Database):
    candidate = members.NewMember(
        identities=(
            phone("15400007777"),
            external("KNOWN-EXTERNAL-12345"),
            members.NewIdentity(kind="email", value="secretly@example.com"),
        ),
        profile=members.Profile(name="司马光华", birthday="1987-06-05", address="安福路的一个地址"),
    )
    async with database.transaction() as session:
        [found] = await members.resolve_or_create(session, [candidate])
        await members.update_profile(session, found, members.ProfileChange(name="司马光年"), version=1)
        await members.set_status(session, [found], "frozen")

    async with database.transaction() as session:
        tables = await session.execute(
            text(
                "select format('%I.%I', table_schema, table_name) from information_schema.tables "
                "where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"
            )
        )
        dump = ""
        for name in tables.scalars():
            rows = await session.execute(
                text(f"select t::text, encode(convert_to(t::text, 'UTF8'), 'hex') from {name} t")
            )
            dump += "\n".join(row[0] for row in rows)
    assert dump.count("member.joined") == 1
    for known in (
        "15400007777",
        "KNOWN-EXTERNAL",
        "known-external",
        "secretly",
        "司马",
        "光年",
        "1987-06-05",
        "安福路",
    ):
        assert known not in dump
        assert known.encode().hex() not in dump
    # The last four by themselves; within a random key they say nothing.
    assert re.search(r"(?<![0-9a-f])7777(?![0-9a-f])", dump) is None

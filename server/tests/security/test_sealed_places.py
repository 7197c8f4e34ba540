"""Every sealed column is known, and what is moved to another row or column opens nowhere."""

from itertools import permutations

import httpx
import pytest
from sqlalchemy import LargeBinary, text

from shuke.foundation.organization.testing import a_shop
from shuke.main.modules import MODULES
from shuke.people.members import rekeying
from shuke.people.members.queries import open_members
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import idempotency, module
from shuke.platform.crypto import SealBroken
from shuke.platform.db import Database, Session
from shuke.platform.keys import SealedColumn


@pytest.fixture
async def two(session: Session) -> list[int]:
    module.install(MODULES)
    await a_shop(session)
    return await enrolled(session, [person("王小明", phone("15400000001")), person("李小红", phone("15400000002"))])


def test_places_name_columns_that_are_there():
    module.install(MODULES)

    for place in module.contributions(SealedColumn):
        assert isinstance(place.table.c[place.column].type, LargeBinary)
        assert place.owner in place.table.c


@pytest.mark.parametrize("column", ["profile", "identity"])
async def test_a_value_of_somebody_else_does_not_open(session: Session, two: list[int], column: str):
    swap = {
        "profile": "update member a set profile = b.profile from member b where a.member_id <> b.member_id",
        "identity": "update member_identity a set value = b.value from member_identity b "
        "where a.member_id <> b.member_id",
    }[column]
    await session.execute(text(swap))

    for member_id in two:
        with pytest.raises(SealBroken) as broken:
            await open_members(session, [member_id])
        assert "小" not in str(broken.value)
        assert "154" not in str(broken.value)


async def test_a_key_of_somebody_else_does_not_open(session: Session, two: list[int]):
    swap = "update vault.member_key a set wrapped = b.wrapped from vault.member_key b where a.member_id <> b.member_id"
    await session.execute(text(swap))

    for member_id in two:
        with pytest.raises(SealBroken):
            await open_members(session, [member_id])


async def test_no_value_opens_in_another_place(session: Session, two: list[int]):
    values = (
        await session.execute(
            text("select profile from member union all select value from member_identity"),
        )
    ).scalars()
    for one, other in permutations(list(values), 2):
        await session.execute(
            text("update member set profile = :one where member_id = :id"), {"one": one, "id": two[0]}
        )
        await session.execute(
            text("update member_identity set value = :other where member_id = :id"), {"other": other, "id": two[0]}
        )
        try:
            opened = (await open_members(session, [two[0]]))[two[0]]
        except SealBroken:
            continue
        # The one pair that is in its own place.
        assert (opened.profile.name, opened.phone) == ("王小明", "+8615400000001")


async def test_a_value_that_does_not_open_is_a_coded_answer_without_anything_inside(
    client: httpx.AsyncClient, database: Database
):
    async with database.transaction() as session:
        ids = await enrolled(session, [person("王小明", phone("15400000001")), person("李小红", phone("15400000002"))])
        await session.execute(
            text("update member a set profile = b.profile from member b where a.member_id <> b.member_id")
        )

    answer = await client.get(f"/v1/members/{ids[0]}")

    assert (answer.status_code, answer.json()["code"]) == (500, "keys.seal_broken")
    assert "小" not in answer.text


async def test_a_new_data_key_seals_everything_anew(session: Session, two: list[int]):
    before = (await session.execute(text("select profile from member where member_id = :id"), {"id": two[0]})).scalar()

    assert await rekeying.renew_data_key(session, two[0]) == 2
    assert await rekeying.renew_data_key(session, two[0]) == 2

    opened = (await open_members(session, [two[0]]))[two[0]]
    after = (await session.execute(text("select profile from member where member_id = :id"), {"id": two[0]})).scalar()
    assert (opened.profile.name, opened.phone) == ("王小明", "+8615400000001")
    assert before != after
    await session.execute(text("update member set profile = :old where member_id = :id"), {"old": before, "id": two[0]})
    with pytest.raises(SealBroken):
        await open_members(session, [two[0]])


async def test_an_answer_goes_with_whom_it_is_about(client: httpx.AsyncClient, database: Database):
    body = {"name": "王小明", "identities": [{"kind": "phone", "value": "15400000001"}]}
    asked = {"json": body, "headers": {"Idempotency-Key": "join-1"}}
    first = await client.post("/v1/members", **asked)
    again = await client.post("/v1/members", **asked)
    assert (first.status_code, again.status_code) == (201, 201)
    async with database.transaction() as session:
        assert await idempotency.forget_subjects(session, [first.json()["id"]]) == 1

    last = await client.post("/v1/members", **asked)

    assert (last.status_code, last.json()["code"]) == (410, "idempotency.answer_erased")
    async with database.transaction() as session:
        row = (await session.execute(text("select sealed_answer, wrapped_key, subject_ids from idempotency"))).one()
        assert (await session.execute(text("select count(*) from member"))).scalar_one() == 1
    assert tuple(row) == (b"", b"", [])

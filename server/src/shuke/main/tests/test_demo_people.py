"""Demonstration people: always the same, never the same twice, never anybody real."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from shuke.foundation.organization.testing import a_shop
from shuke.main.demo_people import demo_people, demo_person, demo_phone
from shuke.people import members

JOINED = datetime(2010, 12, 1, 8, 26, tzinfo=UTC)


def test_a_customer_is_always_the_same_person():
    assert demo_person(12346, source="till", joined_at=JOINED) == demo_person(12346, source="till", joined_at=JOINED)
    assert demo_person(12346, source="till").profile != demo_person(12347, source="till").profile


def test_no_two_customers_share_a_phone_and_every_phone_is_unallocated():
    phones = {demo_phone(number) for number in range(12_000, 212_000)}

    assert len(phones) == 200_000
    assert all(re.fullmatch(r"\+86154\d{8}", phone) for phone in phones)


def test_a_crowd_looks_like_a_crowd():
    people = list(demo_people([(number, JOINED) for number in range(12_346, 32_346)], source="till"))

    surnames = Counter(person.profile.name[0] for person in people)
    assert {name for name, _ in surnames.most_common(3)} == {"王", "李", "张"}
    assert len(surnames) > 200
    assert len({person.profile.name for person in people}) > 9_000
    share = Counter(person.profile.gender for person in people)
    assert 0.55 < share["female"] / len(people) < 0.61
    with_email = [person for person in people if person.identities[-1].kind == "email"]
    assert 0.37 < len(with_email) / len(people) < 0.43
    assert all(person.identities[-1].value.endswith("@example.com") for person in with_email)
    assert all(person.is_generated for person in people)


@pytest.mark.parametrize("number", [-1, 10**8])
def test_a_number_without_a_phone_of_its_own_is_refused(number):
    with pytest.raises(ValueError, match="eight digits"):
        demo_person(number, source="till")


async def test_they_become_members_that_say_they_are_generated(session):
    await a_shop(session)
    ids = await members.resolve_or_create(
        session, list(demo_people([(12_346, JOINED), (12_347, JOINED)], source="till"))
    )

    rows = await members.list_rows(session, ids)
    assert [row.is_generated for row in rows] == [True, True]
    assert [row.joined_at for row in rows] == [JOINED, JOINED]
    assert await members.resolve(session, [("external", "till", "12346")]) == {("external", "till", "12346"): ids[0]}
    count = await session.execute(select(func.count()).select_from(text("member")))
    assert count.scalar_one() == 2

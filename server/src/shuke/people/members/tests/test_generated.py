"""Made-up people: always the same, never two with one phone, never anybody real."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.people import members
from shuke.people.members.rules.generated import generated_phone
from shuke.people.members.testing import external
from shuke.platform.actor import EVERYTHING

JOINED = datetime(2010, 12, 1, 8, 26, tzinfo=UTC)


def generated(customer: str) -> members.NewMember:
    return members.generated_member(customer, external(customer), joined_at=JOINED)


def test_a_customer_is_always_the_same_person():
    assert generated("12346") == generated("12346")
    assert generated("12346").profile != generated("12347").profile
    assert generated("12346").is_generated


def test_no_two_customers_share_a_phone_and_every_phone_is_unallocated():
    phones = {generated_phone(number) for number in range(12_000, 112_000)}

    assert len(phones) == 100_000
    assert all(re.fullmatch(r"\+86154\d{8}", phone) for phone in phones)


def test_a_crowd_looks_like_a_crowd():
    people = [generated(str(number)) for number in range(12_346, 32_346)]

    names = [person.profile.name or "" for person in people]
    surnames = Counter(name[0] for name in names)
    assert {name for name, _ in surnames.most_common(3)} == {"王", "李", "张"}
    assert len(surnames) > 200
    assert len(set(names)) > 9_000
    share = Counter(person.profile.gender for person in people)
    assert 0.56 < share["female"] / len(people) < 0.60
    with_email = [person for person in people if person.identities[-1].kind == "email"]
    assert 0.38 < len(with_email) / len(people) < 0.42
    assert all(person.identities[-1].value.endswith("@example.com") for person in with_email)


@pytest.mark.parametrize("customer", ["007", "123456789", "A-17", "-1", "", "٣"])
def test_a_code_that_could_share_a_phone_gets_none(customer):
    assert [identity.kind for identity in generated(customer).identities] == ["external"]


async def test_they_become_members_that_say_they_are_generated(session):
    await a_shop(session)

    ids = await members.resolve_or_create(session, [generated("12346"), generated("12347"), generated("12346")])

    assert ids[0] == ids[2] < ids[1]
    rows = await members.list_rows(session, ids[:2], EVERYTHING)
    assert [(row.is_generated, row.joined_at) for row in rows] == [(True, JOINED)] * 2
    assert await members.resolve(session, [("external", "till", "12346")]) == {("external", "till", "12346"): ids[0]}

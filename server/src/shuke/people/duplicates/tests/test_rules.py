from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..rules import spelling
from ..rules.blocks import blocks_of
from ..rules.comparing import compare
from ..rules.policy import Case, Settings, may_merge, survivor_of
from ..rules.values import Contact, Person
from ..rules.weights import FINDINGS, likelihood_of

AT = datetime(2025, 5, 1, tzinfo=UTC)


def phone(value: str, *, is_verified: bool = False) -> Contact:
    return Contact(kind="phone", source="", value=value, is_verified=is_verified)


def email(value: str, *, is_verified: bool = False) -> Contact:
    return Contact(kind="email", source="", value=value, is_verified=is_verified)


def person(number: int = 1, **facts) -> Person:
    return Person(member_id=number, joined_at=facts.pop("joined_at", AT), **facts)


def reasons(one: Person, other: Person) -> set[str]:
    return set(compare(one, other).reasons)


@pytest.mark.parametrize(
    ("one", "other", "finding"),
    [
        ("王小明", "王 小明", "name_same"),
        ("王小明", "王小明先生", "name_same"),
        ("張麗華", "张丽华", "name_written_differently"),
        ("Anna Smith", "smith ANNA", "name_written_differently"),
        ("王小明", "Wang Xiaoming", "name_sounds_same"),
        ("王小明", "Xiaoming WANG", "name_sounds_same"),
        ("吕伟", "Lu Wei", "name_sounds_same"),
        ("王欣怡", "王心怡", "name_sounds_same"),
        ("王小明", "小明", "name_similar"),
        ("陈晓静", "程晓静", "name_similar"),
        ("王雨桐", "王雨涵", "name_different"),
        ("王伟", "李强", "name_different"),
    ],
)
def test_names_compare_as_people_read_them(one: str, other: str, finding: str):
    for names in ((one, other), (other, one)):
        assert {
            reason for reason in reasons(person(name=names[0]), person(2, name=names[1])) if reason.startswith("name_")
        } == {finding}


@pytest.mark.parametrize(
    ("one", "other", "finding"),
    [
        ("1990-05-12", "1990-05-12", "birthday_same"),
        ("1990-05-12", "--05-12", "birthday_day_same"),
        ("--05-12", "--05-12", "birthday_day_same"),
        ("1990-05-12", "1990-12-05", "birthday_close"),
        ("1990-05-12", "1991-05-12", "birthday_close"),
        ("1990-05-12", "1990-05-21", "birthday_close"),
        ("1990-05-12", "1985-07-30", "birthday_different"),
        ("--05-12", "--05-13", "birthday_different"),
    ],
)
def test_birthdays_compare_with_slips_and_missing_years(one: str, other: str, finding: str):
    assert reasons(person(birthday=one), person(2, birthday=other)) == {finding}


@pytest.mark.parametrize(
    ("one", "other", "finding"),
    [
        ("+8615412345678", "+8615412345679", {"phone_close"}),
        ("+8615412345678", "+8615412345687", {"phone_close"}),
        ("+8615412345678", "+8615498765678", {"phone_end_same"}),
        ("+8615412345678", "+8615499998888", set()),
    ],
)
def test_phones_compare_with_slips(one: str, other: str, finding: set[str]):
    assert reasons(person(contacts=(phone(one),)), person(2, contacts=(phone(other),))) == finding


def test_numbers_side_by_side_and_one_address_say_nothing_of_people_with_other_names():
    parent = person(name="李桂兰", address="人民路 12 号", contacts=(phone("+8615412345678"),))
    child = person(2, name="李俊杰", address="人民路12号", contacts=(phone("+8615412345679"),))

    assert reasons(parent, child) == {"name_different"}
    assert "address_same" in reasons(parent, replace(child, name="李桂兰"))


@pytest.mark.parametrize(
    ("one", "other", "finding"),
    [
        ("xiao.ming@example.com", "xiaoming+shop@example.com", {"mailbox_same"}),
        ("a.b@googlemail.com", "ab@gmail.com", {"mailbox_same"}),
        ("xiaoming@example.com", "xiaoming@example.org", {"mailbox_elsewhere"}),
        ("abc@example.com", "abc@example.org", set()),
        ("xiaoming@example.com", "daming@example.com", set()),
    ],
)
def test_mailboxes_compare_up_to_dots_and_what_follows_a_plus(one: str, other: str, finding: set[str]):
    assert reasons(person(contacts=(email(one),)), person(2, contacts=(email(other),))) == finding


def test_what_is_missing_says_nothing():
    known = person(
        name="王小明", birthday="1990-05-12", gender="male", address="人民路12号", contacts=(phone("+8615412345678"),)
    )

    assert compare(known, person(2)).score == 0
    assert compare(person(), person(2)).reasons == ()


def test_joining_one_store_within_a_week_speaks_for_one_person():
    one = person(store_id=3)

    assert reasons(one, person(2, store_id=3, joined_at=AT + timedelta(days=7))) == {"joined_together"}
    assert reasons(one, person(2, store_id=3, joined_at=AT + timedelta(days=8))) == set()
    assert reasons(one, person(2, store_id=4)) == set()
    assert reasons(person(), person(2)) == set()


def test_what_is_proved_of_both_counts_apart():
    mine = person(contacts=(email("xiaoming@example.com", is_verified=True), phone("+8615412345678", is_verified=True)))
    theirs = person(2, contacts=(email("xiao.ming@example.com", is_verified=True),))
    other_phone = person(3, contacts=(phone("+8615412345999", is_verified=True),))

    assert compare(mine, theirs).has_common_proof
    assert not compare(mine, person(2, contacts=(email("xiao.ming@example.com"),))).has_common_proof
    assert compare(mine, other_phone).has_other_phones
    assert "phones_verified_both" in compare(mine, other_phone).reasons
    assert not compare(mine, replace(other_phone, contacts=(phone("+8615412345999"),))).has_other_phones


def test_the_weights_are_those_that_the_page_names():
    weights = {code: finding.weight for code, finding in FINDINGS.items()}

    assert weights == {
        "name_same": 96, "name_written_differently": 66, "name_sounds_same": 53, "name_similar": 26,
        "name_different": -50, "birthday_same": 138, "birthday_day_same": 84, "birthday_close": 33,
        "birthday_different": -50, "phone_close": 106, "phone_end_same": 66, "phone_different": -3,
        "phones_verified_both": -20, "mailbox_same": 149, "mailbox_elsewhere": 84, "mailbox_different": -7,
        "address_same": 49, "address_different": -13, "gender_same": 10, "gender_different": -41,
        "joined_together": 39, "number_same": 143, "came_together": 100,
    }  # fmt: skip
    assert [likelihood_of(score) for score in (100, 149, 150, 219, 220)] == [
        "possible", "possible", "probable", "probable", "certain",
    ]  # fmt: skip


texts = st.text(alphabet="0123456789", min_size=1, max_size=12)


@given(texts, st.integers(0, 11), st.sampled_from("0123456789"))
def test_one_slip_is_recognised_from_both_sides(text: str, at: int, digit: str):
    at %= len(text)
    slips = {
        text[:at] + digit + text[at + 1 :],
        text[:at] + digit + text[at:],
        text[:at] + text[at + 1 :],
        text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
    }
    for slip in slips - {text}:
        assert spelling.is_one_off(text, slip)
        assert spelling.is_one_off(slip, text)


@given(texts, texts)
def test_what_is_called_one_slip_can_be_made_by_one(one: str, other: str):
    changed = {one[:at] + digit + one[at + 1 :] for at, digit in product(range(len(one)), "0123456789")}
    added = {one[:at] + digit + one[at:] for at, digit in product(range(len(one) + 1), "0123456789")}
    left_out = {one[:at] + one[at + 1 :] for at in range(len(one))}
    exchanged = {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1)}

    assert spelling.is_one_off(one, other) == (other != one and other in changed | added | left_out | exchanged)


@given(st.integers(0, 7), st.integers(0, 400))
def test_two_who_joined_within_a_week_always_share_a_block(apart: int, start: int):
    one = person(name="王小明", store_id=1, joined_at=AT + timedelta(days=start))
    other = replace(one, member_id=2, joined_at=one.joined_at + timedelta(days=apart))

    assert any(kind == "name_store_days" for kind, _ in blocks_of(one) & blocks_of(other))


@given(st.integers(4, 13), st.sampled_from("0123456789"))
def test_a_slip_anywhere_in_the_phone_leaves_a_common_block(at: int, digit: str):
    number = "+8615412345678"
    slipped = number[:at] + digit + number[at + 1 :]
    one = person(name="王小明", contacts=(phone(number),))

    assert blocks_of(one) & blocks_of(person(2, name="Wang Xiaoming", contacts=(phone(slipped),)))


def test_the_policy_merges_nothing_unless_everything_speaks_for_it():
    wanted = Settings(merges_automatically=True, least_score=300)
    case = Case(score=300, has_common_proof=True, has_other_phones=False, pairs=1)

    assert may_merge(case, wanted)
    assert not may_merge(case, Settings())
    assert not may_merge(replace(case, score=299), wanted)
    assert not may_merge(replace(case, has_common_proof=False), wanted)
    assert not may_merge(replace(case, has_other_phones=True), wanted)
    assert not may_merge(replace(case, pairs=2), wanted)
    # Even a policy that somebody wrote into the table by hand.
    assert not may_merge(replace(case, score=210), Settings(merges_automatically=True, least_score=0))


def test_who_joined_first_survives():
    assert survivor_of((2, AT), (1, AT + timedelta(days=1))) == (1, 2)
    assert survivor_of((2, AT), (1, AT)) == (2, 1)

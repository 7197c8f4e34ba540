"""Demonstration people: the same customer number always becomes the same person, and nobody real.

Phones are in the range 154, which the Chinese numbering plan leaves unallocated, so no real person is called; e-mail
addresses are at example.com, which is reserved for examples (RFC 2606).
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Literal

from shuke.main.demo_names import FEMALE_NAMES, MALE_NAMES, SURNAMES
from shuke.people import members

_PERSONALISATION = b"shuke demo"
_WEIGHTED = [(match[1], int(match[2])) for match in re.finditer(r"(\D+?)(\d+)\s*", SURNAMES.strip())]
_SURNAMES = [surname for surname, _ in _WEIGHTED]
_UP_TO = list(accumulate(weight for _, weight in _WEIGHTED))
_GIVEN: dict[Literal["female", "male"], list[str]] = {"female": FEMALE_NAMES.split(), "male": MALE_NAMES.split()}

_PHONES = 10**8
# Without a common factor with the number of phones: different customers below that number never share a phone.
_STRIDE, _START = 61_803_397, 27_182_818

_OLDEST = date(1946, 1, 1)
_DAYS = (date(1993, 12, 31) - _OLDEST).days
_WITH_EMAIL = 40
_WITHOUT_BIRTHDAY = 15


def demo_people(
    customers: Iterable[tuple[int, datetime | None]], *, source: str, channel: str | None = None
) -> Iterator[members.NewMember]:
    """A person for each (customer number, instant of joining), one after the other; None joins now."""
    for number, joined_at in customers:
        yield demo_person(number, source=source, channel=channel, joined_at=joined_at)


def demo_person(
    number: int, *, source: str, channel: str | None = None, joined_at: datetime | None = None
) -> members.NewMember:
    """The person that a customer number (0 to 99,999,999) of a source becomes."""
    if not 0 <= number < _PHONES:
        raise ValueError("a demonstration customer's number has at most eight digits")
    digest = hashlib.blake2b(str(number).encode(), digest_size=20, person=_PERSONALISATION).digest()
    surname_draw, given_draw, day, chance, other = (
        int.from_bytes(digest[start : start + 4], "big") for start in range(0, 20, 4)
    )
    gender: Literal["female", "male"] = "female" if other % 100 < 58 else "male"
    given = _GIVEN[gender]
    surname = _SURNAMES[bisect_right(_UP_TO, surname_draw % _UP_TO[-1])]
    identities = [
        members.NewIdentity(kind="external", source=source, value=str(number), is_verified=True),
        members.NewIdentity(kind="phone", value=demo_phone(number)),
    ]
    if chance % 100 < _WITH_EMAIL:
        identities.append(members.NewIdentity(kind="email", value=f"member{number}@example.com"))
    return members.NewMember(
        identities=tuple(identities),
        profile=members.Profile(
            name=surname + given[given_draw % len(given)],
            gender=gender,
            birthday=None
            if other // 100 % 100 < _WITHOUT_BIRTHDAY
            else (_OLDEST + timedelta(days=day % _DAYS)).isoformat(),
            language="zh-CN",
        ),
        joined_at=joined_at,
        source=members.MemberSource(channel=channel),
        is_generated=True,
    )


def demo_phone(number: int) -> str:
    """The phone of a demonstration customer, as E.164."""
    return f"+86154{(number * _STRIDE + _START) % _PHONES:08d}"

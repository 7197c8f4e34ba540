"""Made-up people for demonstrations: the same customer number always becomes the same person, and nobody real.

Phones are in the range 154, which the Chinese numbering plan leaves unallocated, so no real person is called; e-mail
addresses are at example.com, which is reserved for examples (RFC 2606).
"""

import hashlib
import re
from bisect import bisect_right
from datetime import date, datetime, timedelta
from itertools import accumulate

from .generated_names import FEMALE_NAMES, MALE_NAMES, SURNAMES
from .values import Gender, MemberSource, NewIdentity, NewMember, Profile

_PERSONALISATION = b"shuke people"
_WEIGHTED = [(match[1], int(match[2])) for match in re.finditer(r"(\D+?)(\d+)\s*", SURNAMES.strip())]
_SURNAMES = [surname for surname, _ in _WEIGHTED]
_UP_TO = list(accumulate(weight for _, weight in _WEIGHTED))
_GIVEN: dict[Gender, list[str]] = {"female": FEMALE_NAMES.split(), "male": MALE_NAMES.split()}

_SIMPLE_NUMBER = re.compile(r"0|[1-9]\d{0,7}", re.ASCII)
_PHONES = 10**8
# Without a common factor with the number of phones: different customers never share a phone.
_STRIDE, _START = 61_803_397, 27_182_818

_OLDEST = date(1946, 1, 1)
_DAYS = (date(1993, 12, 31) - _OLDEST).days
# In a hundred people.
_WOMEN, _WITH_EMAIL, _WITHOUT_BIRTHDAY = 58, 40, 15


def generated_member(
    customer: str, identity: NewIdentity, *, joined_at: datetime | None = None, source: MemberSource | None = None
) -> NewMember:
    """The person that a customer number of a demonstration becomes; `identity` is how the orders know them.

    Numbers of up to eight digits get a phone of their own, and some an e-mail address; other codes get neither,
    because two of them could share one. Use it for the customers of one source: another's number 7 is the same person.
    """
    digest = hashlib.blake2b(customer.encode(), digest_size=20, person=_PERSONALISATION).digest()
    surname, given, day, chance, other = (int.from_bytes(digest[start : start + 4], "big") for start in range(0, 20, 4))
    gender: Gender = "female" if other % 100 < _WOMEN else "male"
    identities = [identity]
    if _SIMPLE_NUMBER.fullmatch(customer):
        identities.append(NewIdentity(kind="phone", value=generated_phone(int(customer))))
        if chance % 100 < _WITH_EMAIL:
            identities.append(NewIdentity(kind="email", value=f"member{customer}@example.com"))
    has_birthday = other // 100 % 100 >= _WITHOUT_BIRTHDAY
    return NewMember(
        identities=tuple(identities),
        profile=Profile(
            name=_SURNAMES[bisect_right(_UP_TO, surname % _UP_TO[-1])] + _GIVEN[gender][given % len(_GIVEN[gender])],
            gender=gender,
            birthday=(_OLDEST + timedelta(days=day % _DAYS)).isoformat() if has_birthday else None,
            language="zh-CN",
        ),
        joined_at=joined_at,
        source=source or MemberSource(),
        is_generated=True,
    )


def generated_phone(number: int) -> str:
    """The phone of a demonstration customer, as E.164."""
    return f"+86154{(number * _STRIDE + _START) % _PHONES:08d}"

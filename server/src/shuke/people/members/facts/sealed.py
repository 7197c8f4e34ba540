"""Facts out of the sealed profile: opened for a few members at a time, and never asked of whole sets."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from shuke.platform.conditions import Choice, Fact, FactKey, Moment, Scope
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..queries.vault import open_members
from ..rules.values import Profile

_SCOPES: frozenset[Scope] = frozenset(("earning", "lines"))
_GROUP = LocalName("个人资料", "Profile")
_FEBRUARY, _LEAP_DAY = 2, 29


def age(birthday: str | None, day: date) -> int | None:
    """Whole years on a day; None where the year is not known or lies ahead."""
    if birthday is None or birthday.startswith("--"):
        return None
    born = date.fromisoformat(birthday)
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return years if years >= 0 else None


def birthday_month(birthday: str | None, _day: date) -> int | None:
    """The month of a birthday, 1 to 12."""
    return None if birthday is None else int(birthday[-5:-3])


def is_birthday(birthday: str | None, day: date) -> bool | None:
    """Whether a day is the birthday; who was born on 29 February has it on the 28th of other years."""
    if birthday is None:
        return None
    month, number = int(birthday[-5:-3]), int(birthday[-2:])
    if (month, number) == (_FEBRUARY, _LEAP_DAY) and not _is_leap(day.year):
        number -= 1
    return (month, number) == (day.month, day.day)


def is_birthday_month(birthday: str | None, day: date) -> bool | None:
    """Whether a day lies in the month of the birthday."""
    return None if birthday is None else birthday_month(birthday, day) == day.month


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_OF_PROFILE: Mapping[str, Callable[[Profile, date], Any]] = {
    "member.gender": lambda profile, day: profile.gender,
    "member.age": lambda profile, day: age(profile.birthday, day),
    "member.birthday_month": lambda profile, day: birthday_month(profile.birthday, day),
    "member.is_birthday": lambda profile, day: is_birthday(profile.birthday, day),
    "member.is_birthday_month": lambda profile, day: is_birthday_month(profile.birthday, day),
}


async def _load(
    session: Session, moment: Moment, keys: Sequence[FactKey], ids: Sequence[int]
) -> Mapping[int, Mapping[FactKey, Any]]:
    return (await _load_each(session, {moment: ids}, keys))[moment]


async def _load_each(
    session: Session, moments: Mapping[Moment, Sequence[int]], keys: Sequence[FactKey]
) -> Mapping[Moment, Mapping[int, Mapping[FactKey, Any]]]:
    """Opens everybody once, whatever the number of days on which something is asked about them."""
    everybody = sorted({member_id for ids in moments.values() for member_id in ids})
    opened = await open_members(session, everybody, kinds=())
    answers: dict[Moment, dict[int, dict[FactKey, Any]]] = {}
    for moment, ids in moments.items():
        day = moment.day
        answers[moment] = {
            member_id: {key: _OF_PROFILE[key[0]](opened[member_id].profile, day) for key in keys}
            for member_id in ids
            if member_id in opened
        }
    return answers


def _sealed(name: str, kind: Any, label: LocalName, **said: Any) -> Fact:
    return Fact(
        name=name, type=kind, label=label, group=_GROUP, scopes=_SCOPES, load=_load, load_each=_load_each, **said
    )


SEALED = (
    _sealed(
        "member.gender",
        "text",
        LocalName("性别", "Gender"),
        choices=(
            Choice(value="female", label=LocalName("女", "Female")),
            Choice(value="male", label=LocalName("男", "Male")),
        ),
    ),
    _sealed("member.age", "number", LocalName("年龄", "Age"), low=0, high=150, unit=LocalName("岁", "years")),
    _sealed("member.birthday_month", "number", LocalName("生日所在月份", "Month of the birthday"), low=1, high=12),
    _sealed("member.is_birthday", "boolean", LocalName("当天生日", "Birthday today")),
    _sealed("member.is_birthday_month", "boolean", LocalName("当月生日", "Birthday this month")),
)

"""Made-up people with a truth to be measured against: who is planted twice, and who only looks alike."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from shuke.people import members

from .rules import spelling
from .rules.values import Contact, Person

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_STREETS = ("人民路", "中山路", "解放路", "建设路", "和平街", "长江路", "学院路", "朝阳街")
_TRADITIONAL = {simple: full for full, simple in zip(spelling.TWO_WAYS[::2], spelling.TWO_WAYS[1::2], strict=True)}


@dataclass(frozen=True)
class Truth:
    """People, the pairs that are one person, and the pairs that only look like it; by the kind of each."""

    people: list[Person]
    planted: dict[tuple[int, int], str]
    alike: dict[tuple[int, int], str]


def truth(*, people: int, planted: int, alike: int, seed: int = 7) -> Truth:
    """The same for the same arguments. Planted duplicates and look-alikes are of six kinds each, in turn."""
    chance = random.Random(seed)
    known = [somebody(number, chance) for number in range(1, people + 1)]
    originals = chance.sample(known, planted + alike)
    made = Truth(list(known), {}, {})
    for place, one in enumerate(originals):
        kinds, into = (_PLANTED, made.planted) if place < planted else (_ALIKE, made.alike)
        name = list(kinds)[place % len(kinds)]
        other = kinds[name](one, replace(one, member_id=people + place + 1), chance)
        made.people.append(other)
        into[one.member_id, other.member_id] = name
    return made


def somebody(number: int, chance: random.Random) -> Person:
    """A person of their own: name, birthday, gender, phone and e-mail address; some with an address."""
    made = members.generated_member(str(number), members.NewIdentity(kind="external", source="made-up", value="1"))
    assert made.profile is not None
    contacts = [
        Contact(kind=one.kind, source=one.source, value=one.value, is_verified=False)
        for one in made.identities
        if one.kind == "phone"
    ]
    contacts.append(Contact(kind="email", source="", value=f"member{number}@example.com", is_verified=False))
    address = f"{chance.choice(_STREETS)}{chance.randrange(1, 900)}号{chance.randrange(1, 40)}室"
    return Person(
        member_id=number,
        joined_at=_EPOCH + timedelta(days=chance.randrange(700)),
        store_id=chance.randrange(1, 40),
        name=made.profile.name,
        birthday=made.profile.birthday or _a_birthday(chance),
        gender=made.profile.gender,
        address=address if chance.random() < 0.3 else None,
        contacts=tuple(contacts),
    )


def with_phone(person: Person, phone: str | None) -> Person:
    """The same person with this phone alone, and no e-mail address."""
    contacts = () if phone is None else (Contact(kind="phone", source="", value=phone, is_verified=False),)
    return replace(person, contacts=contacts)


def _a_birthday(chance: random.Random) -> str:
    return (date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))).isoformat()


def _a_phone(chance: random.Random) -> str:
    return f"+86155{chance.randrange(10**8):08d}"


def _slipped(text: str, chance: random.Random, *, first: int = 4) -> str:
    at = chance.randrange(first, len(text))
    digit = chance.choice([one for one in "0123456789" if one != text[at]])
    return text[:at] + digit + text[at + 1 :]


def _later(person: Person, chance: random.Random) -> Person:
    return replace(
        person,
        joined_at=person.joined_at + timedelta(days=chance.randrange(1, 400)),
        store_id=chance.randrange(1, 40),
    )


def _slip_in_phone(one: Person, other: Person, chance: random.Random) -> Person:
    """Typed at the till in a hurry, and no birthday asked for."""
    (phone, *_) = one.values_of("phone")
    return with_phone(_later(replace(other, birthday=None, address=None), chance), _slipped(phone, chance))


def _new_phone(_: Person, other: Person, chance: random.Random) -> Person:
    """Joined again with a new number."""
    return with_phone(_later(other, chance), _a_phone(chance))


def _other_script(one: Person, other: Person, chance: random.Random) -> Person:
    """In traditional characters where there are some, in pinyin otherwise, surname last."""
    full = "".join(_TRADITIONAL.get(letter, letter) for letter in one.name or "")
    if full == one.name:
        given, surname = spelling.sound(full[1:]), spelling.sound(full[:1])
        full = f"{given.title()} {surname.title()}"
    return with_phone(_later(replace(other, name=full), chance), _a_phone(chance))


def _same_mailbox(one: Person, other: Person, chance: random.Random) -> Person:
    """The same mailbox with a plus and a dot, no birthday."""
    email = Contact(kind="email", source="", value=f"mem.ber{one.member_id}+shop@example.com", is_verified=False)
    return replace(_later(replace(other, birthday=None), chance), contacts=(email,))


def _slip_in_birthday(one: Person, other: Person, chance: random.Random) -> Person:
    """Day or month mistyped; the new number ends as the old one did."""
    (phone, *_) = one.values_of("phone")
    birthday = one.birthday or ""
    slipped = birthday[:9] + str((int(birthday[9]) + 1) % 10)
    kept = slipped if slipped[8:] not in {"00", "31", "32", "30"} else birthday[:8] + "11"
    return with_phone(_later(replace(other, birthday=kept), chance), f"+86157{chance.randrange(10**4):04d}{phone[-4:]}")


def _nickname(one: Person, other: Person, chance: random.Random) -> Person:
    """The given name alone, the birthday, and a slip in the beginning of the number."""
    (phone, *_) = one.values_of("phone")
    name = one.name or ""
    short = name[1:] if len(name) > 2 else name
    slipped = _slipped(phone[:-4], chance) + phone[-4:]
    return with_phone(_later(replace(other, name=short, address=None), chance), slipped)


def _namesake_same_end(one: Person, other: Person, chance: random.Random) -> Person:
    """The same name and the same last four digits, another birthday."""
    (phone, *_) = one.values_of("phone")
    end = f"+86158{chance.randrange(10**4):04d}{phone[-4:]}"
    return with_phone(_later(replace(other, birthday=_a_birthday(chance), address=None), chance), end)


def _twin(one: Person, other: Person, chance: random.Random) -> Person:
    """Surname, birthday, address and store in common; joined together."""
    name = (one.name or "")[:1] + chance.choice(("佳怡", "俊杰", "子墨", "语桐", "浩天"))
    return with_phone(replace(other, name=name), _a_phone(chance))


def _namesake_same_store(_: Person, other: Person, chance: random.Random) -> Person:
    """The same name, store and week; nothing else is known."""
    return with_phone(replace(other, birthday=None, address=None), _a_phone(chance))


def _relative(one: Person, other: Person, chance: random.Random) -> Person:
    """Parent and child: one address, numbers side by side."""
    (phone, *_) = one.values_of("phone")
    beside = phone[:-1] + str((int(phone[-1]) + 1) % 10)
    name = (one.name or "")[:1] + chance.choice(("建国", "秀英", "桂兰", "志强"))
    return with_phone(replace(_later(other, chance), name=name, birthday=_a_birthday(chance)), beside)


def _same_mailbox_name(one: Person, other: Person, chance: random.Random) -> Person:
    """Another person with the same mailbox name at another provider."""
    stranger = somebody(other.member_id, chance)
    email = Contact(kind="email", source="", value=f"member{one.member_id}@example.org", is_verified=False)
    return replace(stranger, member_id=other.member_id, contacts=(email,))


def _same_sound_same_day(one: Person, other: Person, chance: random.Random) -> Person:
    """A name of the same sound, the same day and month of another year."""
    year = 1948 + chance.randrange(50)
    spelled = spelling.sound(one.name or "").title()
    day = f"{year}{(one.birthday or '')[4:]}".replace("02-29", "02-28")
    return with_phone(_later(replace(other, name=spelled, birthday=day, address=None), chance), _a_phone(chance))


_Maker = Callable[[Person, Person, random.Random], Person]
_PLANTED: dict[str, _Maker] = {
    "slip in the phone": _slip_in_phone,
    "new phone": _new_phone,
    "other script": _other_script,
    "same mailbox": _same_mailbox,
    "slip in the birthday": _slip_in_birthday,
    "given name alone": _nickname,
}
_ALIKE: dict[str, _Maker] = {
    "namesake, same end of the phone": _namesake_same_end,
    "twin": _twin,
    "namesake in the same store and week": _namesake_same_store,
    "relative at the same address": _relative,
    "same mailbox name elsewhere": _same_mailbox_name,
    "same sound, same day of birth": _same_sound_same_day,
}

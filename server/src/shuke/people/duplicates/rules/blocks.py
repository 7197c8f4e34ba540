"""Who is compared with whom: people who share a block. Words in clear; they are keyed before they are stored. Pure."""

from typing import Literal, get_args

from . import spelling
from .values import Person

Kind = Literal[
    "name_birthday", "name_phone_end", "name_phone_start", "birthday_phone_end", "name_store_days", "mailbox", "address"
]
KINDS: tuple[Kind, ...] = get_args(Kind)

# Two who joined within a week of each other stand in the same fortnight, or in the same one that begins a week later.
_DAYS = 14
_SHORTEST_MAILBOX, _SHORTEST_ADDRESS, _SHORTEST_SOUND = 4, 6, 4


def blocks_of(person: Person) -> set[tuple[Kind, str]]:
    """The blocks that a person stands in; somebody of whom little is known stands in few."""
    letters = spelling.letters(person.name) if person.name else ""
    phones = person.values_of("phone")
    found: set[tuple[Kind, str]] = set()
    if len(letters) >= _SHORTEST_SOUND:
        found |= _of_name(person, letters, phones)
    if person.birthday and not person.birthday.startswith("--"):
        found |= {("birthday_phone_end", f"{person.birthday}:{phone[-4:]}") for phone in phones}
    for email in person.values_of("email"):
        local, _ = spelling.mailbox(email)
        if len(local) >= _SHORTEST_MAILBOX:
            found.add(("mailbox", local))
    if person.address and len(place := spelling.address(person.address)) >= _SHORTEST_ADDRESS:
        found.add(("address", place))
    return found


def _of_name(person: Person, letters: str, phones: list[str]) -> set[tuple[Kind, str]]:
    found: set[tuple[Kind, str]] = set()
    if person.birthday:
        found.add(("name_birthday", f"{letters}:{person.birthday[-5:]}"))
    for phone in phones:
        # A slip in the number is in its beginning or in its end: one of the two still agrees.
        found.add(("name_phone_end", f"{letters}:{phone[-4:]}"))
        found.add(("name_phone_start", f"{letters}:{phone[:-4]}"))
    if person.store_id is not None:
        day = person.joined_at.date().toordinal()
        for shift in (0, _DAYS // 2):
            found.add(("name_store_days", f"{letters}:{person.store_id}:{shift}:{(day + shift) // _DAYS}"))
    return found


def fingerprint(person: Person) -> str:
    """Everything that is compared, as one text: when it is another one, a judgement on the person may be outdated."""
    contacts = sorted(
        f"{one.kind}:{one.source}:{one.value}:{int(one.is_verified)}"
        for one in person.contacts
        if one.kind != "external"
    )
    facts = [person.name, person.birthday, person.gender, person.address]
    return "\n".join([*(fact or "" for fact in facts), str(person.store_id or ""), *contacts])

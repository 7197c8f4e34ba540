"""Comparing two people, field by field. What one of them lacks says nothing. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from . import spelling
from .values import Compared, Person
from .weights import FINDINGS, Reason

_TOGETHER = timedelta(days=7)
_SHORTEST_MAILBOX = 5
_SHORTEST_SOUND = 5
_PROVABLE = ("card", "wechat", "wecom", "alipay")


def compare(one: Person, other: Person, *, came_together: bool = False) -> Compared:
    """How likely two people are one, and why. `came_together`: somebody came with identities of both."""
    findings = list(_findings(one, other))
    if came_together:
        findings.append("came_together")
    return Compared(
        score=sum(FINDINGS[finding].weight for finding in findings),
        reasons=tuple(finding for finding in findings if FINDINGS[finding].label is not None),
        has_common_proof=_has_common_proof(one, other),
        has_other_phones=_has_other_phones(one, other),
    )


def _findings(one: Person, other: Person) -> Iterator[Reason]:
    names = _names(one.name, other.name)
    # Relatives share an address and have numbers side by side; it says something where the names agree.
    is_other_name = names == "name_different"
    if names is not None:
        yield names
    if one.birthday and other.birthday:
        yield _birthdays(one.birthday, other.birthday)
    yield from _phones(one, other, is_other_name=is_other_name)
    yield from _mailboxes(one, other)
    if _common_numbers(one, other):
        yield "number_same"
    if one.address and other.address:
        is_same = spelling.address(one.address) == spelling.address(other.address)
        if not (is_same and is_other_name):
            yield "address_same" if is_same else "address_different"
    if one.gender and other.gender:
        yield "gender_same" if one.gender == other.gender else "gender_different"
    is_same_store = one.store_id is not None and one.store_id == other.store_id
    if is_same_store and abs(one.joined_at - other.joined_at) <= _TOGETHER:
        yield "joined_together"


def _names(one: str | None, other: str | None) -> Reason | None:
    plain, other_plain = spelling.name(one or ""), spelling.name(other or "")
    if not plain or not other_plain:
        return None
    if plain == other_plain:
        return "name_same"
    if spelling.same_words(one or "") == spelling.same_words(other or ""):
        return "name_written_differently"
    if spelling.letters(plain) == spelling.letters(other_plain):
        return "name_sounds_same"
    return "name_similar" if _are_similar(plain, other_plain) else "name_different"


def _are_similar(one: str, other: str) -> bool:
    shorter, longer = sorted((spelling.simple(one), spelling.simple(other)), key=len)
    if spelling.is_han(longer) and len(shorter) >= 2 and longer.endswith(shorter):
        return True  # the given name alone
    if len(shorter) >= 2 and spelling.is_han(shorter) != spelling.is_han(longer):
        return False
    sound, other_sound = spelling.sound(one), spelling.sound(other)
    return min(len(sound), len(other_sound)) >= _SHORTEST_SOUND and spelling.is_one_off(sound, other_sound)


def _birthdays(one: str, other: str) -> Reason:
    is_with_years = not (one.startswith("--") or other.startswith("--"))
    if one == other and is_with_years:
        return "birthday_same"
    if not is_with_years:
        return "birthday_day_same" if one[-5:] == other[-5:] else "birthday_different"
    year, month, day = one.split("-")
    is_turned = other == f"{year}-{day}-{month}"
    return "birthday_close" if is_turned or spelling.is_one_off(one, other) else "birthday_different"


def _phones(one: Person, other: Person, *, is_other_name: bool) -> Iterator[Reason]:
    pairs = [(phone, mine) for phone in one.values_of("phone") for mine in other.values_of("phone")]
    if not pairs:
        return
    if not is_other_name and any(spelling.is_one_off(*pair) for pair in pairs):
        yield "phone_close"
    elif any(phone[-4:] == mine[-4:] for phone, mine in pairs):
        yield "phone_end_same"
    else:
        yield "phone_different"
    if _has_other_phones(one, other):
        yield "phones_verified_both"


def _mailboxes(one: Person, other: Person) -> Iterator[Reason]:
    boxes = {spelling.mailbox(email) for email in one.values_of("email")}
    others = {spelling.mailbox(email) for email in other.values_of("email")}
    if not boxes or not others:
        return
    names = {local for local, _ in boxes} & {local for local, _ in others}
    if boxes & others:
        yield "mailbox_same"
    elif any(len(local) >= _SHORTEST_MAILBOX for local in names):
        yield "mailbox_elsewhere"
    else:
        yield "mailbox_different"


def _has_other_phones(one: Person, other: Person) -> bool:
    mine, theirs = one.verified("phone"), other.verified("phone")
    return bool(mine and theirs) and not mine & theirs


def _common_numbers(one: Person, other: Person) -> set[tuple[str, str]]:
    """The same number of one kind, under two sources: under one source it would be one member's already."""
    mine, theirs = ({(c.kind, c.value) for c in person.contacts if c.kind in _PROVABLE} for person in (one, other))
    return mine & theirs


def _has_common_proof(one: Person, other: Person) -> bool:
    mine, theirs = ({spelling.mailbox(email) for email in person.verified("email")} for person in (one, other))
    if mine & theirs:
        return True
    return any(
        value in one.verified(kind) and value in other.verified(kind) for kind, value in _common_numbers(one, other)
    )

"""Writing new members and new identities down: sealed, indexed, announced; one COPY per table."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, select

from shuke.platform import clock, crypto, events, ids, keys
from shuke.platform.db import Session, copy_rows, dump_json, raw
from shuke.platform.keys import Blind, IndexKeys

from ..events import MemberIdentityAdded, MemberJoined
from ..queries.vault import OpenMember, any_of, open_members
from ..rules import contexts, profiles, search
from ..rules.values import IdentityKind, NewIdentity, NewMember, Profile
from ..tables import member, member_identity, member_key, member_search, member_summary

NUMBER_PREFIX = "M"
NUMBER_LENGTH = 9

_MEMBER_COLUMNS = (
    "member_id",
    "number",
    "status",
    "joined_at",
    "is_generated",
    "profile",
    "source_channel",
    "store_id",
    "employee_id",
    "campaign",
    "inviter_id",
    "version",
    "manager_id",
)
_IDENTITY_COLUMNS = ("member_id", "kind", "source", "blind", "index_version", "value", "is_verified", "added_at")
_SUMMARY_COLUMNS = ("member_id", "number", "status", "joined_at", "store_id", "employee_id", "custom")

_REPLACE_WORDS = "update member_search set tokens = $2::bigint[], index_version = $3 where member_id = $1"

# An identity that is gained, with its blind index.
Gained = tuple[NewIdentity, Blind]


class Words(NamedTuple):
    """The keyed tokens a member is found by, ascending, and the index key that made them."""

    tokens: list[int]
    index_version: int


async def enrol(session: Session, newcomers: Mapping[int, tuple[NewMember, Sequence[Gained]]]) -> None:
    """Write new members, whose identities are claimed already, and announce them."""
    if not newcomers:
        return
    now = clock.now()
    numbers = await _new_numbers(session, len(newcomers))
    data_keys = await keys.ring().make([contexts.key(member_id) for member_id in newcomers])
    index = keys.ring().index
    members, wrapped, identities, words = [], [], [], []
    joined: list[MemberJoined] = []
    for (member_id, (person, gained)), number, (data_key, key) in zip(
        newcomers.items(), numbers, data_keys, strict=True
    ):
        profile = person.profile or Profile()
        sealed_profile, *sealed = crypto.seal_many(
            data_key,
            [(profiles.write(profile), contexts.profile(member_id)), *_identity_values(member_id, gained)],
        )
        members.append(_member_row(member_id, number, person, sealed_profile, now))
        wrapped.append((member_id, key.wrapped, key.version))
        identities += _identity_rows(member_id, gained, sealed, now)
        words.append((member_id, *_words(index, number, profile.name, _spoken(gained))))
        joined.append(_joined(member_id, number, person, now))
    await copy_rows(session, member, _MEMBER_COLUMNS, members)
    await copy_rows(session, member_key, ("member_id", "wrapped", "kek_version"), wrapped)
    await copy_rows(session, member_identity, _IDENTITY_COLUMNS, identities)
    await copy_rows(session, member_search, ("member_id", "tokens", "index_version"), words)
    customs = (dump_json(dict(person.custom)) for person, _ in newcomers.values())
    summaries = [(*row[:4], row[7], row[8], custom) for row, custom in zip(members, customs, strict=True)]
    await copy_rows(session, member_summary, _SUMMARY_COLUMNS, summaries)
    await events.publish(session, joined)


async def add_identities(session: Session, gains: Mapping[int, Sequence[Gained]]) -> None:
    """Add identities, claimed already, to members that exist; they can be found by them at once."""
    if not gains:
        return
    now = clock.now()
    # A change of name writes the same words anew: one after the other.
    await session.execute(
        select(member.c.member_id)
        .where(member.c.member_id == any_of(sorted(gains)))
        .order_by(member.c.member_id)
        .with_for_update(key_share=True)
    )
    opened = await open_members(session, sorted(gains))
    identities, words = [], []
    added: list[MemberIdentityAdded] = []
    for member_id, one in sorted(opened.items()):
        gained = gains[member_id]
        sealed = crypto.seal_many(one.sealing_key, _identity_values(member_id, gained))
        identities += _identity_rows(member_id, gained, sealed, now)
        words.append((member_id, words_of(one, one.profile.name, _spoken(gained))))
        added += [
            MemberIdentityAdded(member_id=member_id, occurred_at=now, kind=identity.kind, source=identity.source)
            for identity, _ in gained
        ]
    await copy_rows(session, member_identity, _IDENTITY_COLUMNS, identities)
    await replace_words(session, words)
    await events.publish(session, added)


async def replace_words(session: Session, words: Sequence[tuple[int, Words]]) -> None:
    """Write what these members are found by from now on."""
    driver = await raw(session)
    await driver.executemany(_REPLACE_WORDS, [(member_id, *found) for member_id, found in words])


def words_of(
    one: OpenMember,
    name: str | None,
    gained: Sequence[tuple[IdentityKind, str]] = (),
    index: IndexKeys | None = None,
) -> Words:
    """What a member is found by under this name: also by what merged members were known by."""
    index = index or keys.ring().index
    spoken = [(identity.kind, identity.value) for identity in one.identities]
    tokens = set(_words(index, one.row.number, name, [*spoken, *gained]).tokens)
    for number in one.former_numbers:
        tokens.update(_words(index, number, None, ()).tokens)
    return Words(sorted(tokens), index.version)


def _words(index: IndexKeys, number: str, name: str | None, identities: Sequence[tuple[IdentityKind, str]]) -> Words:
    spoken = search.words_of_member(number, name, identities)
    return Words(index.tokens(spoken), index.version)


def _member_row(
    member_id: int, number: str, person: NewMember, sealed_profile: bytes, now: datetime
) -> tuple[Any, ...]:
    source = person.source
    return (
        member_id,
        number,
        "active",
        person.joined_at or now,
        person.is_generated,
        sealed_profile,
        source.channel,
        source.store_id,
        source.employee_id,
        source.campaign,
        source.inviter_id,
        1,
        source.manager_id,
    )


def _identity_values(member_id: int, gained: Sequence[Gained]) -> list[tuple[bytes, str]]:
    return [
        (identity.value.encode(), contexts.identity(member_id, identity.kind, identity.source))
        for identity, _ in gained
    ]


def _identity_rows(
    member_id: int, gained: Sequence[Gained], sealed: Sequence[bytes], now: datetime
) -> list[tuple[Any, ...]]:
    return [
        (member_id, identity.kind, identity.source, blind, blind.version, value, identity.is_verified, now)
        for (identity, blind), value in zip(gained, sealed, strict=True)
    ]


def _spoken(gained: Sequence[Gained]) -> list[tuple[IdentityKind, str]]:
    return [(identity.kind, identity.value) for identity, _ in gained]


def _joined(member_id: int, number: str, person: NewMember, now: datetime) -> MemberJoined:
    return MemberJoined(
        member_id=member_id,
        occurred_at=person.joined_at or now,
        number=number,
        channel=person.source.channel,
        store_id=person.source.store_id,
        employee_id=person.source.employee_id,
        is_generated=person.is_generated,
        is_sign_up=person.is_sign_up,
    )


async def _new_numbers(session: Session, count: int) -> list[str]:
    """Random member numbers that nobody has."""
    free: set[str] = set()
    while len(free) < count:
        drawn = {ids.new_code(NUMBER_PREFIX, NUMBER_LENGTH) for _ in range(count - len(free))}
        taken = await session.execute(select(member.c.number).where(member.c.number == any_of(sorted(drawn), Text())))
        free |= drawn - set(taken.scalars())
    return list(free)

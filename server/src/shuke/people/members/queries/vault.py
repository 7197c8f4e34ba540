"""Opening what is sealed: the only place that reads personal values out of the tables."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

from shuke.platform import crypto, keys
from shuke.platform.db import Session
from shuke.platform.keys import WrappedKey

from ..rules import contexts, profiles
from ..rules.values import IdentityKind, Profile
from ..tables import member, member_identity, member_key

_ID = BigInteger()


@dataclass(frozen=True, kw_only=True)
class OpenIdentity:
    """An identity in clear. Stays inside the module."""

    # Whose row it is: the member's own, or somebody's who was merged into them.
    member_id: int
    kind: IdentityKind
    source: str
    blind: bytes
    value: str
    is_verified: bool
    verified_at: datetime | None
    verified_by: str | None
    added_at: datetime

    @property
    def handle(self) -> str:
        """What callers name it by: it says nothing about the value."""
        text = f"{self.member_id}:{self.kind}:{self.source}:".encode() + self.blind
        return hashlib.sha256(text).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class OpenMember:
    """A member's row with everything in clear. Stays inside the module; masks are put on where it leaves."""

    row: Row[Any]
    data_key: bytes | None
    profile: Profile
    # Those of whoever was merged into the member come last.
    identities: tuple[OpenIdentity, ...]
    # The numbers of whoever was merged into the member.
    former_numbers: tuple[str, ...] = ()

    @property
    def sealing_key(self) -> bytes:
        """The data key, for sealing more. Raises crypto.SealBroken when it is gone: a new one would bury the old."""
        if self.data_key is None:
            raise crypto.SealBroken(contexts.key(self.row.member_id))
        return self.data_key

    @property
    def phone(self) -> str | None:
        """The phone that lists show: a verified one before others, then the oldest."""
        phones = [identity for identity in self.identities if identity.kind == "phone"]
        phones.sort(key=lambda phone: (not phone.is_verified, phone.added_at))
        return phones[0].value if phones else None


def any_of(values: Sequence[Any], kind: TypeEngine[Any] = _ID) -> ColumnElement[Any]:
    """`= any(…)` over values as one array parameter: one prepared statement whatever their number."""
    return any_(bindparam(None, list(values), type_=ARRAY(kind)))


async def open_members(
    session: Session, member_ids: Sequence[int], kinds: Sequence[str] | None = None
) -> dict[int, OpenMember]:
    """The members of these ids in clear, with identities of the given kinds (None: all).

    A member whose key is gone is there with nothing personal: the orders and balances stay.
    """
    try:
        return await _open_members(session, member_ids, kinds)
    except crypto.SealBroken:
        # Between reading a key and reading what it opens, both may have been renewed; then the second look agrees.
        return await _open_members(session, member_ids, kinds)


async def _open_members(
    session: Session, member_ids: Sequence[int], kinds: Sequence[str] | None
) -> dict[int, OpenMember]:
    rows = await _rows(session, member.c.member_id == any_of(member_ids))
    # Who wants no identities wants nothing of whoever was merged into them either.
    wants_identities = kinds is None or len(kinds) > 0
    followers = await _followers(session, rows) if wants_identities else []
    rows = [*rows, *followers]
    readable = [row for row in rows if row.wrapped is not None]
    identities = await _identities(session, [row.member_id for row in readable], kinds) if wants_identities else {}
    data_keys = await keys.ring().open(
        [(WrappedKey(row.wrapped, row.kek_version), contexts.key(row.member_id)) for row in readable]
    )
    opened = {row.member_id: OpenMember(row=row, data_key=None, profile=Profile(), identities=()) for row in rows}
    for row, data_key in zip(readable, data_keys, strict=True):
        opened[row.member_id] = _open(row, data_key, identities.get(row.member_id, ()))
    return _joined(opened, followers, wanted=set(member_ids))


async def _rows(session: Session, which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    found = await session.execute(
        select(member, member_key.c.wrapped, member_key.c.kek_version)
        .outerjoin(member_key, member_key.c.member_id == member.c.member_id)
        .where(which)
        .order_by(member.c.member_id)
    )
    return found.all()


async def _followers(session: Session, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Who was merged into these members; nearly always nobody."""
    return await _rows(session, member.c.merged_into == any_of([row.member_id for row in rows]))


def _joined(opened: dict[int, OpenMember], followers: Sequence[Row[Any]], *, wanted: set[int]) -> dict[int, OpenMember]:
    """The wanted members, each with the identities and numbers of whoever was merged into them."""
    for row in followers:
        root = opened[row.merged_into]
        opened[row.merged_into] = replace(
            root,
            identities=root.identities + opened[row.member_id].identities,
            former_numbers=(*root.former_numbers, row.number),
        )
    return {member_id: one for member_id, one in opened.items() if member_id in wanted}


async def _identities(
    session: Session, member_ids: Sequence[int], kinds: Sequence[str] | None
) -> dict[int, list[Row[Any]]]:
    statement = select(member_identity).where(member_identity.c.member_id == any_of(member_ids))
    if kinds is not None:
        statement = statement.where(member_identity.c.kind.in_(kinds))
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in await session.execute(
        statement.order_by(member_identity.c.member_id, member_identity.c.added_at, member_identity.c.kind)
    ):
        found[row.member_id].append(row)
    return found


def _open(row: Row[Any], data_key: bytes, identities: Sequence[Row[Any]]) -> OpenMember:
    sealed = [(row.profile, contexts.profile(row.member_id))] if row.profile is not None else []
    sealed += [
        (identity.value, contexts.identity(row.member_id, identity.kind, identity.source)) for identity in identities
    ]
    values = crypto.open_many(data_key, sealed)
    profile = profiles.read(values.pop(0)) if row.profile is not None else Profile()
    return OpenMember(
        row=row,
        data_key=data_key,
        profile=profile,
        identities=tuple(
            OpenIdentity(
                member_id=identity.member_id,
                kind=identity.kind,
                source=identity.source,
                blind=identity.blind,
                value=value.decode(),
                is_verified=identity.is_verified,
                verified_at=identity.verified_at,
                verified_by=identity.verified_by,
                added_at=identity.added_at,
            )
            for identity, value in zip(identities, values, strict=True)
        ),
    )

"""One member or a few: by id, by natural key, by identity."""

from collections.abc import Iterable, Sequence
from typing import cast, get_args

from sqlalchemy import select

from shuke.platform import keys
from shuke.platform.db import Session, raw
from shuke.platform.errors import AppError

from ..errors import MemberNotFound
from ..rules import contexts, masks
from ..rules.identities import normalise
from ..rules.values import IdentityKind, Member, MemberIdentity, MemberName, MemberOrigin
from ..tables import member
from . import listing
from .labels import employee_names, store_refs
from .vault import OpenMember, open_members

_KINDS = get_args(IdentityKind)
_LARGEST_ID = 2**63 - 1

# Many keys at once: the arrays are walked in order, each key one index look-up.
_OWNERS = """
    select o.kind, o.source, o.blind, o.member_id
    from unnest($1::text[], $2::text[], $3::bytea[]) as w (kind, source, blind)
    join member_identity_owner o using (kind, source, blind)
"""

IdentityKey = tuple[str, str, bytes]


def blind_key(kind: IdentityKind, source: str, value: str) -> IdentityKey:
    """What the uniqueness table knows an identity by; source and value in their one spelling."""
    return kind, source, keys.ring().blind(contexts.blind_domain(kind, source), value)


async def owners(session: Session, wanted: Iterable[IdentityKey]) -> dict[IdentityKey, int]:
    """Whose these identities are; unknown ones are left out."""
    ordered = sorted(set(wanted))
    if not ordered:
        return {}
    driver = await raw(session)
    kinds, sources, blinds = (list(column) for column in zip(*ordered, strict=True))
    rows = await driver.fetch(_OWNERS, kinds, sources, blinds)
    return {(row["kind"], row["source"], row["blind"]): row["member_id"] for row in rows}


async def resolve(
    session: Session, identities: Sequence[tuple[IdentityKind, str, str]]
) -> dict[tuple[IdentityKind, str, str], int]:
    """The member of each (kind, source, value), keyed as given; unknown ones are left out.

    Raises BadPhone, BadEmail or BadIdentity.
    """
    by_key = {given: blind_key(given[0], *normalise(*given)) for given in identities}
    found = await owners(session, by_key.values())
    return {given: found[key] for given, key in by_key.items() if key in found}


async def find_id(session: Session, reference: str) -> int | None:
    """The member of a reference: an id, or `number:M…`, `phone:+86…`, `email:…`, `external:<source>:<number>`."""
    if reference.isascii() and reference.isdigit():
        return await _existing_id(session, int(reference)) if int(reference) <= _LARGEST_ID else None
    kind, _, rest = reference.partition(":")
    if kind == "number":
        found = await session.execute(select(member.c.member_id).where(member.c.number == rest.upper()))
        return found.scalar_one_or_none()
    if kind not in _KINDS:
        return None
    source, _, value = rest.rpartition(":") if kind in ("external", "card", "wechat") else ("", "", rest)
    try:
        resolved = await resolve(session, [(cast(IdentityKind, kind), source, value)])
    except AppError:
        return None
    return next(iter(resolved.values()), None)


async def find_ids(session: Session, references: Iterable[str]) -> dict[str, int]:
    """The members of many references, ids in one question; those that name nobody are left out."""
    wanted = set(references)
    ids = {one: int(one) for one in wanted if one.isascii() and one.isdigit() and int(one) <= _LARGEST_ID}
    rows = await session.execute(select(member.c.member_id).where(member.c.member_id.in_(ids.values())))
    existing = set(rows.scalars())
    found = {reference: number for reference, number in ids.items() if number in existing}
    for reference in wanted - ids.keys():
        number = await find_id(session, reference)
        if number is not None:
            found[reference] = number
    return found


async def get_id(session: Session, reference: str) -> int:
    """The member that a reference names. Raises MemberNotFound."""
    found = await find_id(session, reference)
    if found is None:
        raise MemberNotFound
    return found


async def get_member(session: Session, member_id: int) -> Member:
    """A member in full, masked. Raises MemberNotFound."""
    found = await get_members(session, [member_id])
    if not found:
        raise MemberNotFound
    return found[0]


async def get_members(session: Session, member_ids: Sequence[int]) -> list[Member]:
    """Members in full, masked, in the order asked for; those that do not exist are left out."""
    opened = await open_members(session, member_ids)
    rows = await listing.list_rows(session, member_ids, opened)
    origins = await _origins(session, list(opened.values()))
    return [
        Member(
            **vars(row),
            birthday=masks.mask_birthday(one.profile.birthday) if one.profile.birthday else None,
            gender=one.profile.gender,
            language=one.profile.language,
            identities=tuple(
                MemberIdentity(
                    kind=identity.kind,
                    source=identity.source or None,
                    value=masks.mask_identity(identity.kind, identity.value),
                    is_verified=identity.is_verified,
                    added_at=identity.added_at,
                )
                for identity in one.identities
            ),
            source=origins[row.id],
            version=one.row.version,
        )
        for row in rows
        if (one := opened.get(row.id)) is not None
    ]


async def names(session: Session, member_ids: Sequence[int]) -> dict[int, MemberName]:
    """Number and masked name by id, for the lists of other modules."""
    opened = await open_members(session, member_ids, kinds=())
    return {
        member_id: MemberName(
            id=member_id,
            number=one.row.number,
            name=masks.mask_name(one.profile.name) if one.profile.name else None,
        )
        for member_id, one in opened.items()
    }


async def reveal(session: Session, member_id: int, fields: Sequence[str]) -> dict[str, object]:
    """Personal values in clear, by field: a profile field, or `identities`. Who asks must be audited.

    Raises MemberNotFound.
    """
    opened = (await open_members(session, [member_id])).get(member_id)
    if opened is None:
        raise MemberNotFound
    values: dict[str, object] = {name: value for name, value in vars(opened.profile).items() if name in fields}
    if "phone" in fields:
        values["phone"] = opened.phone
    if "identities" in fields:
        values["identities"] = [
            {"kind": identity.kind, "source": identity.source or None, "value": identity.value}
            for identity in opened.identities
        ]
    return values


async def _existing_id(session: Session, member_id: int) -> int | None:
    driver = await raw(session)
    found: int | None = await driver.fetchval("select member_id from member where member_id = $1", member_id)
    return found


async def _origins(session: Session, opened: Sequence[OpenMember]) -> dict[int, MemberOrigin | None]:
    rows = [one.row for one in opened]
    stores = await store_refs(session, [row.store_id for row in rows if row.store_id is not None])
    employees = await employee_names(session, [row.employee_id for row in rows if row.employee_id is not None])
    return {
        row.member_id: MemberOrigin(
            channel=row.source_channel,
            store=stores.get(row.store_id),
            employee=employees.get(row.employee_id),
        )
        if row.source_channel or row.store_id or row.employee_id
        else None
        for row in rows
    }

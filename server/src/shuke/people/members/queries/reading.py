"""One member or a few: by id, by natural key, by identity."""

from collections.abc import Iterable, Sequence

from shuke.platform import keys
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.keys import Blind, IndexKeys

from ..errors import MemberNotFound
from ..rules import contexts, masks
from ..rules.identities import normalise
from ..rules.values import IdentityKind, Member, MemberIdentity, MemberName, MemberOrigin
from . import listing
from .aliases import roots
from .labels import employee_names, store_refs
from .sight import seen_among
from .vault import OpenIdentity, OpenMember, open_members

# Many keys at once: the arrays are walked in order, each key one index look-up.
_OWNERS = """
    select o.kind, o.source, o.blind, coalesce(m.merged_into, m.member_id) as member_id
    from unnest($1::text[], $2::text[], $3::bytea[]) as w (kind, source, blind)
    join member_identity_owner o using (kind, source, blind)
    join member m on m.member_id = o.member_id
"""
# Held, nobody merges them before the transaction ends; what was merged meanwhile is seen as it is now.
_OWNERS_HELD = _OWNERS + " order by m.member_id for key share of m"

IdentityKey = tuple[str, str, Blind]


def blind_key(kind: IdentityKind, source: str, value: str, index: IndexKeys | None = None) -> IdentityKey:
    """What the uniqueness table knows an identity by; source and value in their one spelling.

    Keys that are compared with each other are made by one `index`: between two of them another may have come into use.
    """
    return kind, source, (index or keys.ring().index).blind(contexts.blind_domain(kind, source), value)


async def owners(session: Session, wanted: Iterable[IdentityKey], *, hold: bool = False) -> dict[IdentityKey, int]:
    """Whose these identities are by now, through merges; unknown ones are left out. `hold`: as in `roots`."""
    # While one index key takes the place of another, an identity may be known by either.
    known_as = {
        (kind, source, known): (kind, source, blind)
        for kind, source, blind in set(wanted)
        for _, known in blind.by_version
    }
    if not known_as:
        return {}
    driver = await raw(session)
    kinds, sources, blinds = (list(column) for column in zip(*sorted(known_as), strict=True))
    rows = await driver.fetch(_OWNERS_HELD if hold else _OWNERS, kinds, sources, blinds)
    return {known_as[row["kind"], row["source"], row["blind"]]: row["member_id"] for row in rows}


async def resolve(
    session: Session, identities: Sequence[tuple[IdentityKind, str, str]]
) -> dict[tuple[IdentityKind, str, str], int]:
    """The member of each (kind, source, value), keyed as given; unknown ones are left out.

    Raises BadPhone, BadEmail or BadIdentity.
    """
    by_key = {given: blind_key(given[0], *normalise(*given)) for given in identities}
    found = await owners(session, by_key.values())
    return {given: found[key] for given, key in by_key.items() if key in found}


async def get_member(session: Session, member_id: int, sight: Sight) -> Member:
    """A member in full, as the caller may see them. Raises MemberNotFound."""
    found = await get_members(session, [member_id], sight)
    if not found:
        raise MemberNotFound
    return found[0]


async def get_members(session: Session, member_ids: Sequence[int], sight: Sight) -> list[Member]:
    """Members in full, in the order asked for; those that do not exist, or are out of sight, are left out."""
    opened = await open_members(session, member_ids)
    rows = await listing.list_rows(session, member_ids, sight, opened)
    origins = await _origins(session, list(opened.values()))
    return [
        Member(
            **vars(row),
            birthday=masks.shown(one.profile.birthday, sight.view_of("birthday"), masks.mask_birthday),
            gender=one.profile.gender,
            language=one.profile.language,
            address=masks.shown(one.profile.address, sight.view_of("address"), masks.mask_code),
            identities=tuple(
                MemberIdentity(
                    handle=identity.handle,
                    kind=identity.kind,
                    source=identity.source or None,
                    value=_shown_identity(identity, sight),
                    is_verified=identity.is_verified,
                    verified_at=identity.verified_at,
                    verified_by=identity.verified_by,
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


def _shown_identity(identity: OpenIdentity, sight: Sight) -> str:
    view = sight.view_of(masks.FIELD_OF_IDENTITY.get(identity.kind, "identities"))
    return masks.shown(identity.value, view, lambda value: masks.mask_identity(identity.kind, value)) or ""


async def names(session: Session, member_ids: Sequence[int], sight: Sight) -> dict[int, MemberName]:
    """Who these members are by now, through merges: number and name as the caller may see them, by the id asked for.

    Those out of sight are left out: a store shows whose orders it took, and not who comes from elsewhere.
    """
    by_now = await roots(session, member_ids)
    seen = await seen_among(session, sorted(set(by_now.values())), sight)
    known = await own_names(session, sorted(seen), sight)
    return {member_id: known[root] for member_id, root in by_now.items() if root in known}


async def own_names(session: Session, member_ids: Sequence[int], sight: Sight) -> dict[int, MemberName]:
    """The members' own numbers and names, whoever they are by now."""
    opened = await open_members(session, member_ids, kinds=())
    return {
        member_id: MemberName(
            id=member_id,
            number=one.row.number,
            name=masks.shown(one.profile.name, sight.view_of("name"), masks.mask_name),
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

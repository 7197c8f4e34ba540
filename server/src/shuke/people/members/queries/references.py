"""Who a reference means: an id, `number:M…`, `phone:+86…`, `email:…`, or `external:<source>:<number>`."""

from collections.abc import Iterable, Sequence
from typing import cast, get_args

from shuke.platform import idempotency
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.errors import AppError

from ..errors import MemberNotActive, MemberNotFound
from ..rules.identities import normalise
from ..rules.values import IdentityKind
from .aliases import roots
from .reading import IdentityKey, blind_key, owners
from .sight import seen_among

_KINDS = get_args(IdentityKind)
_LARGEST_ID = 2**63 - 1
_WITH_SOURCE = ("external", "card", "wechat", "wecom", "alipay")

_NUMBERS = "select number, coalesce(merged_into, member_id) as root from member where number = any($1::text[])"
_NUMBERS_HELD = _NUMBERS + " order by member_id for key share"
_INACTIVE = "select member_id from member where member_id = any($1::bigint[]) and status <> 'active'"


async def find_ids(session: Session, references: Iterable[str], *, hold: bool = False) -> dict[str, int]:
    """The members that references mean by now, through merges; those that name nobody are left out.

    `hold`: nobody merges them, or undoes a merge, before this transaction ends. Say so before writing.
    """
    wanted = set(references)
    found = await _by_id(session, [one for one in wanted if one.isascii() and one.isdigit()], hold=hold)
    found |= await _by_number(session, [one for one in wanted if one.startswith("number:")], hold=hold)
    by_key = {one: key for one in wanted if (key := _identity_of(one)) is not None}
    known = await owners(session, by_key.values(), hold=hold)
    return found | {one: known[key] for one, key in by_key.items() if key in known}


async def find_id(session: Session, reference: str, *, hold: bool = False) -> int | None:
    """The member that a reference means by now, whoever asks. Where somebody looks, use `get_id`."""
    return (await find_ids(session, [reference], hold=hold)).get(reference)


async def get_id(session: Session, reference: str, sight: Sight, *, hold: bool = False) -> int:
    """The member that a reference means, if the caller sees them. Raises MemberNotFound."""
    found = await find_id(session, reference, hold=hold)
    if found is None or found not in await seen_among(session, [found], sight):
        raise MemberNotFound
    idempotency.concerns([found])
    return found


async def get_ids(session: Session, references: Sequence[str], sight: Sight, *, hold: bool = False) -> dict[str, int]:
    """The same for many; those that name nobody whom the caller sees are left out."""
    found = await find_ids(session, references, hold=hold)
    seen = await seen_among(session, list(found.values()), sight)
    idempotency.concerns(seen)
    return {reference: member_id for reference, member_id in found.items() if member_id in seen}


async def require_active(session: Session, member_id: int) -> None:
    """Refuse to use value of a member who is frozen, cancelled or erased. Raises MemberNotActive."""
    if await inactive_among(session, [member_id]):
        raise MemberNotActive


async def inactive_among(session: Session, member_ids: Sequence[int]) -> set[int]:
    """Those of these members who are frozen, cancelled or erased: nothing of theirs may be used."""
    driver = await raw(session)
    rows = await driver.fetch(_INACTIVE, sorted(set(member_ids)))
    return {row["member_id"] for row in rows}


async def _by_id(session: Session, wanted: Sequence[str], *, hold: bool) -> dict[str, int]:
    ids = {one: int(one) for one in wanted if len(one) < 20 and int(one) <= _LARGEST_ID}
    by_now = await roots(session, list(ids.values()), hold=hold)
    return {one: by_now[member_id] for one, member_id in ids.items() if member_id in by_now}


async def _by_number(session: Session, wanted: Sequence[str], *, hold: bool) -> dict[str, int]:
    if not wanted:
        return {}
    numbers = {one: one.partition(":")[2].upper() for one in wanted}
    driver = await raw(session)
    rows = await driver.fetch(_NUMBERS_HELD if hold else _NUMBERS, sorted(set(numbers.values())))
    by_now = {row["number"]: row["root"] for row in rows}
    return {one: by_now[number] for one, number in numbers.items() if number in by_now}


def _identity_of(reference: str) -> IdentityKey | None:
    kind, _, rest = reference.partition(":")
    if kind not in _KINDS:
        return None
    source, _, value = rest.rpartition(":") if kind in _WITH_SOURCE else ("", "", rest)
    try:
        return blind_key(cast(IdentityKind, kind), *normalise(cast(IdentityKind, kind), source, value))
    except AppError:
        return None

"""The one place that decides which members a caller sees. Every list and every look-up of a route goes through here."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, false, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.platform import audit
from shuke.platform.actor import Sight
from shuke.platform.db import Session

from ..tables import member_summary

_summary = member_summary.c


def visible(sight: Sight) -> ColumnElement[bool]:
    """What holds of a row of the summary that may be seen: its store, or its employee, is the caller's."""
    if sight.is_whole:
        return true()
    parts: list[ColumnElement[bool]] = []
    if sight.units:
        units = bindparam(None, sorted(sight.units), type_=ARRAY(BigInteger))
        parts.append(_summary.store_id == units.any_())
    if sight.person is not None:
        parts.append(_summary.employee_id == sight.person)
    return or_(*parts) if parts else false()


def only_visible(member_id: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """The same for another module's column of member ids: use it in every list that a route answers with."""
    if sight.is_whole:
        return true()
    return member_id.in_(select(_summary.member_id).where(visible(sight)))


async def seen_among(session: Session, member_ids: Sequence[int], sight: Sight) -> set[int]:
    """Those of these members whom the caller sees."""
    if sight.is_whole or not member_ids:
        return set(member_ids)
    ids = bindparam(None, list(member_ids), type_=ARRAY(BigInteger))
    found = await session.execute(select(_summary.member_id).where(_summary.member_id == ids.any_(), visible(sight)))
    return set(found.scalars())


def note_clear(sight: Sight, member_ids: Iterable[int]) -> None:
    """Say in the audit trail whose personal fields the answer shows in clear, where the caller sees some so."""
    shown = [name for name, view in sight.fields.items() if view == "readable"]
    if shown:
        audit.note_shown(shown, member_ids)

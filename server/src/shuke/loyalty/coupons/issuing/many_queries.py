"""Gifts to many, as they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from shuke.platform.db import Session, raw
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from .errors import GiftNotFound

State = Literal["approval", "waiting", "running", "done", "failed", "cancelled"]
_SORT = "-gift"
# A list of members may be long, and no screen shows it.
_COLUMNS = """
    select batch_id, template_id, code, coupon_batch.name, coupon_batch.state, wanted, made, asked_by,
        coupon_batch.added_at, ended_at, (details - 'member_ids')::text as details
    from coupon_batch join coupon_template using (template_id)
"""
_ONE = _COLUMNS + " where kind = 'members' and batch_id = $1 for update of coupon_batch"
_PAGE = (
    _COLUMNS
    + """
    where kind = 'members' and ($1::text is null or code = $1) and ($2::bigint is null or batch_id < $2)
    order by batch_id desc limit $3
"""
)
_GET = _COLUMNS + " where kind = 'members' and batch_id = $1"


@dataclass(frozen=True, kw_only=True)
class Gift:
    """A giving to many. `refused`: how many were not given one, by why. `after`: the last member who was looked at."""

    gift_id: int
    template_id: int
    template: str
    reason: str
    state: State
    members: int
    given: int
    refused: Mapping[str, int]
    condition: Mapping[str, Any] | None
    how: str
    after: int
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None


async def get_gift(session: Session, gift_id: int) -> Gift:
    """A gift. Raises GiftNotFound."""
    return _found(await (await raw(session)).fetchrow(_GET, gift_id), gift_id)


async def lock_gift(session: Session, gift_id: int) -> Gift:
    """The same, kept from others until the transaction ends. Raises GiftNotFound."""
    return _found(await (await raw(session)).fetchrow(_ONE, gift_id), gift_id)


async def list_gifts(session: Session, *, template: str | None, limit: int, cursor: str | None) -> Page[Gift]:
    """Gifts of a template or of all, the newest first. Raises BadCursor."""
    before = None
    if cursor is not None:
        (before,) = decode_cursor(cursor, _SORT, 1)
        if not isinstance(before, int):
            raise BadCursor
    rows: Sequence[Any] = await (await raw(session)).fetch(_PAGE, template, before, limit + 1)
    found = [_gift(row) for row in rows[:limit]]
    return Page(found, encode_cursor(_SORT, [found[-1].gift_id]) if len(rows) > limit else None)


async def list_named(session: Session, gift_id: int) -> list[int] | None:
    """The members of a gift's list; None where it has a condition."""
    text = "select (details -> 'member_ids')::text from coupon_batch where batch_id = $1"
    stored = await (await raw(session)).fetchval(text, gift_id)
    named: list[int] | None = orjson.loads(stored or "null")
    return named


def _found(row: Any, gift_id: int) -> Gift:
    if row is None:
        raise GiftNotFound(gift=gift_id)
    return _gift(row)


def _gift(row: Any) -> Gift:
    details = orjson.loads(row["details"])
    return Gift(
        gift_id=row["batch_id"],
        template_id=row["template_id"],
        template=row["code"],
        reason=row["name"],
        state=_state(row["state"], needs_approval=details["needs_approval"]),
        members=row["wanted"],
        given=row["made"],
        refused=details["refused"],
        condition=details["condition"],
        how=details["how"],
        after=details["after"],
        asked_by=row["asked_by"],
        asked_at=row["added_at"],
        ended_at=row["ended_at"],
    )


def _state(stored: str, *, needs_approval: bool) -> State:
    if stored == "voided":
        return "cancelled"
    if stored == "waiting":
        return "approval" if needs_approval else "waiting"
    return "running" if stored == "running" else "done" if stored == "done" else "failed"

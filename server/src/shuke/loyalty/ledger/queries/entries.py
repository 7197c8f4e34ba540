"""Questions about entries: the history of an account, and what an order did to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from shuke.platform.db import Session
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from ..rules import Contra, EntryKind
from ..tables import ledger_currency, ledger_entry, ledger_operation

_SORT = "-version"
# What an order, or the refund of one, did.
_ORIGINS = ("order", "refund")


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """One line of an account. `amount` is the signed change of the balance, `facts` what its explanation is made of."""

    currency_id: int
    version: int
    kind: EntryKind
    contra: Contra
    amount: int
    moved: int
    available_after: int
    pending_after: int
    held_after: int
    debt_after: int
    occurred_at: datetime
    recorded_at: datetime
    business_day: date
    operation_key: str
    operation_kind: str
    rule_version_id: int | None
    origin_kind: str | None
    origin_id: int | None
    facts: dict[str, Any]

    @property
    def balance_after(self) -> int:
        """What the member owned after it, less what the member owed."""
        return self.available_after + self.pending_after + self.held_after - self.debt_after


async def list_entries(
    session: Session, member_id: int, currency_id: int, *, limit: int, cursor: str | None
) -> Page[EntryView]:
    """The entries of an account, newest first. Raises BadCursor."""
    entry = ledger_entry.c
    wanted = select_entries(member_id).where(entry.currency_id == currency_id)
    if cursor:
        wanted = wanted.where(entry.version < _version(cursor))
    wanted = wanted.order_by(entry.version.desc()).limit(limit + 1)
    found = [EntryView(**row._mapping) for row in await session.execute(wanted)]
    more = encode_cursor(_SORT, [found[limit - 1].version]) if len(found) > limit else None
    return Page(found[:limit], more)


async def list_history(
    session: Session, member_id: int, *, before: tuple[datetime, int] | None, limit: int
) -> list[EntryView]:
    """What happened to a member's points by business time, newest first, entries before (instant, version) only."""
    entry = ledger_entry.c
    points = select(ledger_currency.c.currency_id).where(ledger_currency.c.code == "points").scalar_subquery()
    wanted = select_entries(member_id).where(entry.currency_id == points)
    if before:
        wanted = wanted.where(tuple_(entry.occurred_at, entry.version) < tuple_(*before))
    wanted = wanted.order_by(entry.occurred_at.desc(), entry.version.desc()).limit(limit)
    return [EntryView(**row._mapping) for row in await session.execute(wanted)]


async def find_points_of_orders(session: Session, keys: Sequence[tuple[int, int]]) -> dict[int, int]:
    """What orders earned and refunds took back, in points, by (member id, order id): a dict by order id."""
    entry = ledger_entry.c
    if not keys:
        return {}
    rows = await session.execute(
        select(entry.origin_id, func.sum(entry.amount).label("amount"))
        .join(ledger_currency, ledger_currency.c.currency_id == entry.currency_id)
        .where(
            ledger_currency.c.code == "points",
            entry.member_id.in_({member_id for member_id, _ in keys}),
            entry.origin_kind.in_(_ORIGINS),
            # Not what they were paid with.
            entry.kind.in_(("earn", "take_back")),
            entry.origin_id.in_({order_id for _, order_id in keys}),
        )
        .group_by(entry.origin_id)
    )
    return {row.origin_id: int(row.amount) for row in rows}


async def list_order_entries(session: Session, member_id: int, order_id: int) -> list[EntryView]:
    """Every entry that an order or refund made, by currency and version."""
    entry = ledger_entry.c
    wanted = select_entries(member_id).where(entry.origin_kind.in_(_ORIGINS), entry.origin_id == order_id)
    wanted = wanted.order_by(entry.currency_id, entry.version)
    return [EntryView(**row._mapping) for row in await session.execute(wanted)]


def select_entries(member_id: int) -> Select[Any]:
    """The columns of entry views, of one member's entries."""
    entry, operation = ledger_entry.c, ledger_operation.c
    return (
        select(
            entry.currency_id,
            entry.version,
            entry.kind,
            entry.contra,
            entry.amount,
            entry.moved,
            entry.available_after,
            entry.pending_after,
            entry.held_after,
            entry.debt_after,
            entry.occurred_at,
            entry.recorded_at,
            entry.business_day,
            entry.operation_key,
            operation.kind.label("operation_kind"),
            entry.rule_version_id,
            entry.origin_kind,
            entry.origin_id,
            entry.explanation.label("facts"),
        )
        .join(ledger_operation, (operation.member_id == entry.member_id) & (operation.key == entry.operation_key))
        .where(entry.member_id == member_id)
    )


def _version(cursor: str) -> int:
    (version,) = decode_cursor(cursor, _SORT, 1)
    if not isinstance(version, int):
        raise BadCursor
    return version

"""Entries of the ledger as a file, account by account in the order in which they were made."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import literal, select, tuple_

from shuke.foundation import exports, organization
from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import BadCursor, decode_cursor, encode_cursor

from .permissions import POINTS_READ
from .tables import ledger_currency, ledger_entry

_SORT = "entry"
_AT_A_TIME = 2_000


class EntryListFilters(BaseModel):
    """What the entries can be narrowed to. Days are the shop's days."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    currency: Annotated[str | None, Field(max_length=40)] = None
    kind: Annotated[str | None, Field(max_length=40)] = None
    from_day: date | None = Field(default=None, alias="from")
    to_day: date | None = Field(default=None, alias="to")


async def load(
    session: Session, filters: EntryListFilters, sight: Sight, _language: Language, cursor: str | None
) -> exports.Rows:
    """A page of the entries of the members whom the asker sees."""
    entry = ledger_entry.c
    key = (entry.member_id, entry.currency_id, entry.version)
    wanted = (
        select(ledger_entry, ledger_currency.c.code)
        .join(ledger_currency, ledger_currency.c.currency_id == entry.currency_id)
        .where(members.only_visible(entry.member_id, sight))
    )
    if filters.currency is not None:
        wanted = wanted.where(ledger_currency.c.code == filters.currency)
    if filters.kind is not None:
        wanted = wanted.where(entry.kind == filters.kind)
    if filters.from_day is not None:
        wanted = wanted.where(entry.business_day >= filters.from_day)
    if filters.to_day is not None:
        wanted = wanted.where(entry.business_day <= filters.to_day)
    if cursor is not None:
        wanted = wanted.where(tuple_(*key) > tuple_(*(literal(value) for value in _place(cursor))))
    rows = (await session.execute(wanted.order_by(*key).limit(_AT_A_TIME + 1))).all()
    shown = rows[:_AT_A_TIME]
    names = await members.names(session, sorted({row.member_id for row in shown}), sight)
    zone = (await organization.get_shop(session)).zone
    following = None
    if len(rows) > _AT_A_TIME:
        last = shown[-1]
        following = encode_cursor(_SORT, [last.member_id, last.currency_id, last.version])
    return exports.Rows(
        rows=[
            {
                "member": names[row.member_id].number if row.member_id in names else None,
                "currency": row.code,
                "version": row.version,
                "kind": row.kind,
                "amount": row.amount,
                "moved": row.moved,
                "available_after": row.available_after,
                "pending_after": row.pending_after,
                "held_after": row.held_after,
                "debt_after": row.debt_after,
                "business_day": exports.day(row.business_day),
                "occurred_at": exports.instant(row.occurred_at, zone),
                "operation": row.operation_key,
            }
            for row in shown
        ],
        next=following,
    )


def _place(cursor: str) -> list[int]:
    values = decode_cursor(cursor, _SORT, 3)
    if not all(type(value) is int for value in values):
        raise BadCursor
    return values


ENTRIES = exports.Exportable(
    key="ledger_entries",
    label=LocalName("积分流水", "Points entries"),
    permission=POINTS_READ.code,
    filters=EntryListFilters,
    columns=(
        exports.Column(key="member", label=LocalName("会员号", "Member number")),
        exports.Column(key="currency", label=LocalName("账户", "Account")),
        exports.Column(key="version", label=LocalName("序号", "No.")),
        exports.Column(key="kind", label=LocalName("类型", "Kind")),
        exports.Column(key="amount", label=LocalName("变动", "Change")),
        exports.Column(key="moved", label=LocalName("账户内转移", "Moved within")),
        exports.Column(key="available_after", label=LocalName("变动后可用", "Available after")),
        exports.Column(key="pending_after", label=LocalName("变动后待生效", "Pending after")),
        exports.Column(key="held_after", label=LocalName("变动后冻结", "Held after")),
        exports.Column(key="debt_after", label=LocalName("变动后欠分", "Debt after")),
        exports.Column(key="business_day", label=LocalName("业务日", "Business day")),
        exports.Column(key="occurred_at", label=LocalName("发生时间", "When")),
        exports.Column(key="operation", label=LocalName("操作编号", "Operation")),
    ),
    rows=load,
)

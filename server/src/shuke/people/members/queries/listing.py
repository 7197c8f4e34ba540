"""Lists of members: filtered and sorted on the summary alone, personal fields opened for the page that is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Row,
    Select,
    Text,
    bindparam,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from shuke.foundation import customization
from shuke.platform import clock, keys
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.pages import COUNT_CAP, DEFAULT_LIMIT, MAX_LIMIT, BadCursor, Page, decode_cursor, encode_cursor

from ..custom.filters import PREFIX, custom_conditions, custom_order
from ..custom.model import shown as shown_custom
from ..errors import BadFilter
from ..rules import masks, search
from ..rules.values import MemberFilters, MemberRow
from ..tables import LAST_ORDER, TIER_RANK, member_search, member_summary
from .cursors import read_instant
from .labels import employee_names, shop_currency, shop_zone, store_refs, stores_within, tier_refs
from .meeting import in_time, meeting
from .sight import note_clear, visible
from .vault import OpenMember, any_of, open_members

DEFAULT_SORT = "-last_order_at"

_summary = member_summary.c

# Who is somebody else by now, or nobody any more.
_NOT_LISTED = ("merged", "erased")


@dataclass(frozen=True)
class _Sort:
    """How a field sorts: the expression its index holds, its type, and what stands for None there."""

    expression: ColumnElement[Any]
    kind: TypeEngine[Any]
    python: type
    lowest: ColumnElement[Any] | None = None
    # How a cursor's value is read, where that is not by its type alone.
    read: Callable[[Any], ColumnElement[Any]] | None = None


_LARGEST = 2**63 - 1
# So many rows are gathered and sorted in a few milliseconds.
_FEW = 5_000

# Names without a table: they mean the summary, or what was gathered from it.
_MEMBER_ID: ColumnElement[int] = literal_column("member_id", BigInteger())

_SORTS: dict[str, _Sort] = {
    "number": _Sort(literal_column("number"), Text(), str),
    "joined_at": _Sort(literal_column("joined_at"), DateTime(timezone=True), datetime),
    "last_order_at": _Sort(
        literal_column(LAST_ORDER), DateTime(timezone=True), datetime, literal_column("'-infinity'::timestamptz")
    ),
    "order_count": _Sort(literal_column("order_count"), BigInteger(), int),
    "net_spend_minor": _Sort(literal_column("net_spend_minor"), BigInteger(), int),
    "points_available": _Sort(literal_column("points_available"), BigInteger(), int),
    "growth": _Sort(literal_column("growth"), BigInteger(), int),
    "tier_rank": _Sort(literal_column(TIER_RANK), BigInteger(), int, literal_column("'-1'::smallint")),
}


async def list_members(
    session: Session,
    filters: MemberFilters,
    sight: Sight,
    *,
    sort: str = DEFAULT_SORT,
    limit: int = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> Page[MemberRow]:
    """A page of the members whom the caller sees. Raises BadFilter (unknown sort), BadCursor (foreign cursor)
    and what a condition raises."""
    field, is_descending = _read_sort(sort)
    order = _SORTS[field] if field in _SORTS else await _custom_sort(session, field)
    after = None if cursor is None else _after(order, is_descending, decode_cursor(cursor, sort, 2))
    wanted = await _conditions(session, filters, sight)
    page = min(limit, MAX_LIMIT)
    by = (order.expression, _MEMBER_ID)
    async with in_time(session, filters.condition):
        statement = await _narrowed(session, wanted, is_filtered=filters != MemberFilters() or not sight.is_whole)
        if after is not None:
            statement = statement.where(after)
        found = await session.execute(
            statement.order_by(*(part.desc() if is_descending else part.asc() for part in by)).limit(page + 1)
        )
    rows = found.all()
    shown = rows[:page]
    opened = await open_members(session, [row.member_id for row in shown], kinds=("phone",))
    following = None
    if len(rows) > page:
        last = shown[-1]
        following = encode_cursor(sort, [_written(_value_of(last, field)), last.member_id])
    return Page(items=await _as_rows(session, shown, opened, sight), next=following)


async def _narrowed(session: Session, wanted: Sequence[ColumnElement[bool]], *, is_filtered: bool) -> Select[Any]:
    """The members that pass, ready to be sorted.

    A few are gathered first and sorted then; many are met soon when walking along the sort's index. Left to itself, the
    database would walk the index for a few as well, and past everybody else.
    """
    statement = select(member_summary).where(*wanted)
    if not is_filtered:
        return statement
    probe = select(_summary.member_id).where(*wanted).limit(_FEW + 1).subquery()
    if (await session.execute(select(func.count()).select_from(probe))).scalar_one() > _FEW:
        return statement
    return select(statement.cte("narrowed").prefix_with("MATERIALIZED"))


async def count_members(session: Session, filters: MemberFilters, sight: Sight) -> tuple[int, bool]:
    """How many members pass the filters, counted to COUNT_CAP at most: (count, whether the cap was reached)."""
    wanted = await _conditions(session, filters, sight)
    capped = select(_summary.member_id).where(*wanted).limit(COUNT_CAP + 1).subquery()
    async with in_time(session, filters.condition):
        counted = (await session.execute(select(func.count()).select_from(capped))).scalar_one()
    return min(counted, COUNT_CAP), counted > COUNT_CAP


async def matching_ids(session: Session, filters: MemberFilters, sight: Sight, *, limit: int) -> list[int]:
    """The ids of the members who pass and whom the caller sees, ascending, as many as `limit` at most."""
    wanted = await _conditions(session, filters, sight)
    async with in_time(session, filters.condition):
        found = await session.execute(
            select(_summary.member_id).where(*wanted).order_by(_summary.member_id).limit(limit)
        )
    return list(found.scalars())


async def list_rows(
    session: Session, member_ids: Sequence[int], sight: Sight, opened: Mapping[int, OpenMember] | None = None
) -> list[MemberRow]:
    """The rows of these members in the order given; those that do not exist, or are out of sight, are left out."""
    if opened is None:
        opened = await open_members(session, member_ids, kinds=("phone",))
    found = await session.execute(
        select(member_summary).where(_summary.member_id == any_of(member_ids), visible(sight))
    )
    by_id = {row.member_id: row for row in found}
    return await _as_rows(session, [by_id[one] for one in member_ids if one in by_id], opened, sight)


async def _as_rows(
    session: Session, rows: Sequence[Row[Any]], opened: Mapping[int, OpenMember], sight: Sight
) -> list[MemberRow]:
    note_clear(sight, opened)
    currency = await shop_currency(session)
    stores = await store_refs(session, [row.store_id for row in rows if row.store_id is not None])
    employees = await employee_names(session, [row.employee_id for row in rows if row.employee_id is not None])
    tiers = await tier_refs(session, {row.tier_code: row.tier_rank for row in rows if row.tier_code is not None})
    fields = await customization.list_fields(session)
    return [
        MemberRow(
            id=row.member_id,
            number=row.number,
            name=masks.shown(one.profile.name, sight.view_of("name"), masks.mask_name),
            phone=masks.shown(one.phone, sight.view_of("phone"), masks.mask_phone),
            is_generated=one.row.is_generated,
            status=row.status,
            tier=tiers.get(row.tier_code),
            tier_valid_until=row.tier_valid_until,
            points_available=row.points_available,
            points_debt=row.points_debt,
            growth=row.growth,
            order_count=row.order_count,
            net_spend_minor=row.net_spend_minor,
            currency=currency,
            first_order_at=row.first_order_at,
            last_order_at=row.last_order_at,
            store=stores.get(row.store_id),
            employee=employees.get(row.employee_id),
            joined_at=row.joined_at,
            custom=shown_custom(fields, row.custom, one.profile.custom),
        )
        for row in rows
        if (one := opened.get(row.member_id)) is not None
    ]


async def _conditions(session: Session, filters: MemberFilters, sight: Sight) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [
        _summary.status == filters.status if filters.status else _summary.status.not_in(_NOT_LISTED)
    ]
    if not sight.is_whole:
        wanted.append(visible(sight))
    if filters.q is not None and filters.q.strip():
        wanted.append(_found_by(filters.q, sight))
    if filters.tiers is not None:
        wanted.append(_summary.tier_code.in_(filters.tiers))
    if filters.store_id is not None:
        wanted.append(_summary.store_id == filters.store_id)
    if filters.employee_id is not None:
        wanted.append(_summary.employee_id == filters.employee_id)
    if filters.region_id is not None:
        wanted.append(_summary.store_id == any_of(await stores_within(session, filters.region_id)))
    wanted += await custom_conditions(session, filters.custom)
    wanted += await meeting(session, filters.condition)
    if filters.member_ids is not None:
        wanted.append(_summary.member_id == any_of(filters.member_ids))
    for column, low, high in (
        (_summary.net_spend_minor, filters.spend_min, filters.spend_max),
        (_summary.points_available, filters.points_min, filters.points_max),
        (_summary.order_count, filters.orders_min, filters.orders_max),
    ):
        if low is not None:
            wanted.append(column >= literal(low, BigInteger()))
        if high is not None:
            wanted.append(column <= literal(high, BigInteger()))
    if filters.last_order_from is not None or filters.last_order_to is not None:
        ordered_at = _SORTS["last_order_at"].expression
        # Who never ordered is at minus infinity in this expression, and no range may find them.
        wanted.append(ordered_at > literal_column("'-infinity'::timestamptz"))
        wanted += await _between(session, ordered_at, filters.last_order_from, filters.last_order_to)
    wanted += await _between(session, _summary.joined_at, filters.joined_from, filters.joined_to)
    return wanted


async def _between(
    session: Session, instant: ColumnElement[Any], first: date | None, last: date | None
) -> list[ColumnElement[bool]]:
    """What holds of an instant from the beginning of the shop's first day to the end of its last."""
    wanted: list[ColumnElement[bool]] = []
    if first is not None:
        lower = clock.start_of_day(first, await shop_zone(session))
        wanted.append(instant >= literal(lower, DateTime(timezone=True)))
    if last is not None:
        upper = clock.start_of_day(last + timedelta(days=1), await shop_zone(session))
        wanted.append(instant < literal(upper, DateTime(timezone=True)))
    return wanted


def _found_by(text: str, sight: Sight) -> ColumnElement[bool]:
    index = keys.ring().index
    hidden = [field for field, view in sight.fields.items() if view == "hidden"]
    # While one index key takes the place of another, a member's words may be by either.
    meanings = [
        sorted(index.token(*word, version) for word in meaning)
        for meaning in search.questions(text, hidden)
        for version in index.versions
    ]
    if not meanings:
        return false()
    held = or_(
        *(member_search.c.tokens.contains(bindparam(None, words, type_=ARRAY(BigInteger))) for words in meanings)
    )
    return _summary.member_id.in_(select(member_search.c.member_id).where(held))


def _read_sort(sort: str) -> tuple[str, bool]:
    field = sort.removeprefix("-")
    if field not in _SORTS and not field.startswith(PREFIX):
        raise BadFilter(choices=", ".join(_SORTS))
    return field, sort.startswith("-")


async def _custom_sort(session: Session, field: str) -> _Sort:
    found = await custom_order(session, field)
    return _Sort(found.expression, found.kind, str, read=found.read)


def _value_of(row: Row[Any], field: str) -> Any:
    return row.custom.get(field.removeprefix(PREFIX)) if field.startswith(PREFIX) else getattr(row, field)


def _after(order: _Sort, is_descending: bool, place: Sequence[Any]) -> ColumnElement[bool]:
    value, member_id = place
    here = tuple_(order.expression, _MEMBER_ID)
    there = tuple_(_sort_value(order, value), literal(_read_value(int, member_id), BigInteger()))
    return here < there if is_descending else here > there


def _sort_value(order: _Sort, value: Any) -> ColumnElement[Any]:
    if order.read is not None:
        return order.read(value)
    if value is None and order.lowest is not None:
        return order.lowest
    return literal(_read_value(order.python, value), order.kind)


def _read_value(wanted: type, value: Any) -> Any:
    """A value of a cursor, which comes from outside: of the right type and of a size the database knows."""
    if wanted is datetime:
        return read_instant(value)
    if type(value) is int and wanted is int and -_LARGEST <= value <= _LARGEST:
        return value
    if type(value) is str and wanted is str and value.isalnum() and len(value) <= 100:
        return value
    raise BadCursor


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value

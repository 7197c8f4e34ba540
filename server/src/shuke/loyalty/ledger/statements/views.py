"""A statement put together: whose it is, what it begins and ends with, and pages of its lines."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shuke.commerce import orders
from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Database, Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.pages import BadCursor, decode_cursor, encode_cursor

from ..explain import sentence
from ..queries import CurrencyName, ExpiringAmount, get_currency, list_expiring
from ..views import entry_line, order_keys, order_of
from .errors import BadPeriod
from .queries import (
    LAST_VERSION,
    Balances,
    KindTotal,
    Line,
    Place,
    Snapshot,
    get_balances,
    get_snapshot,
    list_lines,
    list_totals,
)

_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_SORT = "statement"
_AT_A_TIME = 500


@dataclass(frozen=True, kw_only=True)
class Head:
    """Everything of a statement but its lines. `expiring` is as of now; `name` is masked."""

    shop: LocalName
    zone: ZoneInfo
    member_id: int
    number: str
    name: str | None
    currency: CurrencyName
    first: date
    last: date
    snapshot: Snapshot
    generated_at: datetime
    opening: Balances
    closing: Balances
    totals: Sequence[KindTotal]
    expiring: Sequence[ExpiringAmount]


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """A line with the balance after it, its order and its reason."""

    line: Line
    balance: Balances
    order: orders.Order | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some lines of a statement, and where to go on."""

    lines: Sequence[ToldLine]
    next: str | None


def require_period(first: date, last: date) -> None:
    """Raises BadPeriod."""
    if first > last or first.year < _FIRST_YEAR or last.year > _LAST_YEAR:
        raise BadPeriod(first=first.isoformat(), last=last.isoformat())


async def load_head(
    session: Session, sight: Sight, member: str, currency: str, first: date, last: date, *, version: int | None = None
) -> Head:
    """The statement of a member's account, up to a version of it; None: as it is now.

    Raises BadPeriod, MemberNotFound and CurrencyNotFound.
    """
    require_period(first, last)
    member_id = await members.get_id(session, member, sight)
    account = await get_currency(session, currency)
    shop = await organization.get_shop(session)
    snapshot = await get_snapshot(session, member_id, account.currency_id)
    if version is not None:
        snapshot = replace(snapshot, version=min(version, snapshot.version))
    person = (await members.names(session, [member_id], sight))[member_id]
    return Head(
        shop=shop.name,
        zone=shop.zone,
        member_id=member_id,
        number=person.number,
        name=person.name,
        currency=account,
        first=first,
        last=last,
        snapshot=snapshot,
        generated_at=clock.now(),
        opening=await get_balances(session, snapshot, Place.before(first)),
        closing=await get_balances(session, snapshot, Place.after(last)),
        totals=await list_totals(session, snapshot, first, last),
        expiring=[one for one in await list_expiring(session, member_id) if one.currency_id == account.currency_id],
    )


async def load_page(session: Session, head: Head, language: Language, *, limit: int, behind: Place | None) -> Page:
    """The lines behind a place; None: from the first."""
    start = await get_balances(session, head.snapshot, behind) if behind else head.opening
    found = await list_lines(session, head.snapshot, behind or Place.before(head.first), head.last, limit=limit + 1)
    told = await _tell(session, head, found[:limit], start, language)
    return Page(lines=told, next=_cursor(head, told[-1].line) if len(found) > limit else None)


async def all_lines(database: Database, head: Head, language: Language) -> AsyncIterator[Sequence[ToldLine]]:
    """Every line, some hundreds at a time.

    Each set in a transaction of its own: nobody who reads slowly keeps one open, and entries never change.
    """
    behind: Place | None = None
    balance = head.opening
    while True:
        async with database.transaction() as session:
            start = behind or Place.before(head.first)
            found = await list_lines(session, head.snapshot, start, head.last, limit=_AT_A_TIME)
            told = await _tell(session, head, found, balance, language)
        if told:
            yield told
            behind, balance = _place(told[-1].line), told[-1].balance
        if len(found) < _AT_A_TIME:
            return


def read_cursor(cursor: str | None) -> tuple[int | None, Place | None]:
    """The version that a statement looks at, and the place where its next page begins. Raises BadCursor."""
    if cursor is None:
        return None, None
    version, day, last = decode_cursor(cursor, _SORT, 3)
    if not (isinstance(version, int) and isinstance(day, str) and isinstance(last, int)):
        raise BadCursor
    if not (0 <= version <= LAST_VERSION and 0 <= last <= LAST_VERSION):
        raise BadCursor
    try:
        return version, Place(date.fromisoformat(day), last)
    except ValueError:
        raise BadCursor from None


def _cursor(head: Head, line: Line) -> str:
    place = _place(line)
    return encode_cursor(_SORT, [head.snapshot.version, place.day.isoformat(), place.version])


def _place(line: Line) -> Place:
    return Place(line.entry.business_day, line.entry.version)


async def _tell(
    session: Session, head: Head, lines: Sequence[Line], start: Balances, language: Language
) -> list[ToldLine]:
    known = await orders.get_orders(session, order_keys(head.member_id, [line.entry for line in lines]))
    told: list[ToldLine] = []
    balance = start
    for line in lines:
        balance += line.change
        why = sentence(entry_line(line.entry, head.currency, language), language)
        told.append(ToldLine(line=line, balance=balance, order=order_of(line.entry, known), why=why))
    return told

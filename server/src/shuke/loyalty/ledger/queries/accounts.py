"""Questions about accounts and their lots. Nothing is locked: what is read may be older than the next operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

from ..errors import CurrencyNotFound
from ..rules import LotState
from ..tables import ledger_account, ledger_currency, ledger_lot

MAX_LOTS = 200
NEXT_EXPIRIES = 6


@dataclass(frozen=True, kw_only=True)
class CurrencyName:
    """A currency as people read it. `kind`: points, growth, stored_value or stamps."""

    currency_id: int
    code: str
    kind: str
    name: LocalName

    def unit(self, language: Language) -> str:
        """The name as it stands behind a number."""
        return self.name.zh if language == "zh" else self.name.en.lower()


@dataclass(frozen=True, kw_only=True)
class AccountView:
    """A member's account in one currency; all zero where nothing has happened yet."""

    currency: CurrencyName
    available: int
    pending: int
    held: int
    debt: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ExpiringAmount:
    """What will expire with the end of a local day when it is not used."""

    currency_id: int
    on: date
    amount: int


@dataclass(frozen=True, kw_only=True)
class LotView:
    """An open lot. `expires_on` is the last local day on which it can be used."""

    currency_id: int
    lot_no: int
    amount: int
    remaining: int
    held: int
    state: LotState
    funding: str | None
    earned_on: date
    available_on: date | None
    expires_on: date | None
    origin_kind: str | None
    origin_id: int | None


async def currency_names(session: Session) -> list[CurrencyName]:
    """Every currency, in the order of its id."""
    rows = await session.execute(select(ledger_currency).order_by(ledger_currency.c.currency_id))
    return [
        CurrencyName(
            currency_id=row.currency_id,
            code=row.code,
            kind=row.kind,
            name=LocalName(zh=row.name_zh, en=row.name_en),
        )
        for row in rows
    ]


async def get_currency(session: Session, code: str) -> CurrencyName:
    """A currency by its code. Raises CurrencyNotFound."""
    for currency in await currency_names(session):
        if currency.code == code:
            return currency
    raise CurrencyNotFound(currency=code)


async def list_accounts(session: Session, member_id: int) -> list[AccountView]:
    """A member's accounts, one for each currency."""
    names = await currency_names(session)
    rows = await session.execute(select(ledger_account).where(ledger_account.c.member_id == member_id))
    found = {row.currency_id: row for row in rows}
    return [
        AccountView(
            currency=name,
            available=row.available if row else 0,
            pending=row.pending if row else 0,
            held=row.held if row else 0,
            debt=row.debt if row else 0,
            version=row.version if row else 0,
        )
        for name, row in ((name, found.get(name.currency_id)) for name in names)
    ]


async def list_expiring(session: Session, member_id: int) -> list[ExpiringAmount]:
    """The next amounts that will expire, by day, for every currency of a member: six days at most for each."""
    lot = ledger_lot.c
    on = lot.expires_on.label("on")
    sums = (
        select(lot.currency_id, on, func.sum(lot.remaining - lot.held).label("amount"))
        .where(lot.member_id == member_id, lot.state == "open", lot.expires_on.is_not(None))
        .group_by(lot.currency_id, on)
        .subquery()
    )
    place = func.row_number().over(partition_by=sums.c.currency_id, order_by=sums.c.on).label("place")
    placed = select(sums, place).subquery()
    rows = await session.execute(
        select(placed.c.currency_id, placed.c.on, placed.c.amount)
        .where(placed.c.place <= NEXT_EXPIRIES, placed.c.amount > 0)
        .order_by(placed.c.currency_id, placed.c.on)
    )
    return [ExpiringAmount(currency_id=row.currency_id, on=row.on, amount=int(row.amount)) for row in rows]


async def list_lots(session: Session, member_id: int) -> Sequence[LotView]:
    """A member's open and pending lots, those that expire first before the others: 200 at most."""
    lot = ledger_lot.c
    rows = await session.execute(
        select(
            lot.currency_id,
            lot.lot_no,
            lot.amount,
            lot.remaining,
            lot.state,
            lot.earned_on,
            lot.held,
            lot.funding,
            lot.available_on,
            lot.expires_on,
            lot.origin_kind,
            lot.origin_id,
        )
        .where(_open(member_id))
        .order_by(lot.expires_on.asc().nulls_last(), lot.currency_id, lot.lot_no)
        .limit(MAX_LOTS)
    )
    return [LotView(**row._mapping) for row in rows]


def _open(member_id: int) -> ColumnElement[bool]:
    return and_(ledger_lot.c.member_id == member_id, ledger_lot.c.state.in_(("open", "pending")))

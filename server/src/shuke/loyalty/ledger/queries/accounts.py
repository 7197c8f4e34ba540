"""Questions about accounts, their lots and holds. Nothing is locked: the next operation may already change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select

from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName

from ..currencies import expiry_of
from ..errors import CurrencyNotFound
from ..rules import LotState, inactive_from
from ..tables import ledger_account, ledger_currency, ledger_entry, ledger_hold, ledger_lot

MAX_LOTS = 200
MAX_HOLDS = 200
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

    @property
    def balance(self) -> int:
        """What is owned less what is owed."""
        return self.available + self.pending + self.held - self.debt


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


@dataclass(frozen=True, kw_only=True)
class HoldView:
    """An open hold. `opened_on` is the local day on which it was made."""

    currency_id: int
    hold_no: int
    amount: int
    remaining: int
    opened_on: date
    expires_at: datetime | None
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
        .join(ledger_currency, ledger_currency.c.currency_id == lot.currency_id)
        .where(
            lot.member_id == member_id,
            lot.state == "open",
            lot.remaining > lot.held,
            lot.expires_on.is_not(None),
            ledger_currency.c.expiry["kind"].astext != "inactivity",
        )
        .group_by(lot.currency_id, on)
        .subquery()
    )
    place = func.row_number().over(partition_by=sums.c.currency_id, order_by=sums.c.on).label("place")
    placed = select(sums, place).subquery()
    rows = await session.execute(
        select(placed.c.currency_id, placed.c.on, placed.c.amount)
        .where(placed.c.place <= NEXT_EXPIRIES)
        .order_by(placed.c.currency_id, placed.c.on)
    )
    of_lots = [ExpiringAmount(currency_id=row.currency_id, on=row.on, amount=int(row.amount)) for row in rows]
    return [*of_lots, *await _list_idle(session, member_id)]


async def _list_idle(session: Session, member_id: int) -> list[ExpiringAmount]:
    """What ends by inactivity: everything that can be used, on one day."""
    account, currency = ledger_account.c, ledger_currency.c
    rows = await session.execute(
        select(account.currency_id, account.available, account.active_on, currency.expiry)
        .join(ledger_currency, currency.currency_id == account.currency_id)
        .where(
            account.member_id == member_id,
            account.available > 0,
            account.active_on.is_not(None),
            currency.expiry["kind"].astext == "inactivity",
        )
        .order_by(account.currency_id)
    )
    return [
        ExpiringAmount(
            currency_id=row.currency_id,
            on=inactive_from(expiry_of(row.expiry), row.active_on),
            amount=row.available,
        )
        for row in rows
    ]


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


async def list_holds(session: Session, member_id: int) -> Sequence[HoldView]:
    """A member's open holds, oldest first: 200 at most."""
    hold, entry = ledger_hold.c, ledger_entry.c
    rows = await session.execute(
        select(
            hold.currency_id,
            hold.hold_no,
            hold.amount,
            hold.remaining,
            entry.business_day.label("opened_on"),
            hold.expires_at,
            hold.origin_kind,
            hold.origin_id,
        )
        .join(
            ledger_entry,
            and_(
                entry.member_id == hold.member_id,
                entry.currency_id == hold.currency_id,
                entry.version == hold.opened_version,
            ),
        )
        .where(hold.member_id == member_id, hold.state == "open")
        .order_by(hold.currency_id, hold.hold_no)
        .limit(MAX_HOLDS)
    )
    return [HoldView(**row._mapping) for row in rows]


def _open(member_id: int) -> ColumnElement[bool]:
    return and_(ledger_lot.c.member_id == member_id, ledger_lot.c.state.in_(("open", "pending")))

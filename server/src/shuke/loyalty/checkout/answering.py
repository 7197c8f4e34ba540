"""The answer to a document: told from what was just decided, or read back where others may have moved more since.

Both say the same: a document that comes again is answered from what is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shuke.loyalty import coupons, ledger, tiers
from shuke.platform.db import Session

from .actions import Recorded
from .rules import Book, Programme
from .schemas import CouponUsedOut, OrderIn, PointsOut, RecordedOut, TierOut

_ORIGINS = frozenset({"order", "refund"})


@dataclass(frozen=True)
class _Move:
    """What one entry of a document moved."""

    currency: str
    kind: str
    amount: int


@dataclass(frozen=True)
class After:
    """What a document moved, and what its member has after it."""

    moves: Sequence[_Move]
    balance: int
    debt: int
    rank: int

    def points(self) -> PointsOut:
        """The document's points."""
        return PointsOut(
            earned=self.sum("points", "earn"),
            taken_back=-self.sum("points", "take_back"),
            used=-self.sum("points", "spend", "capture"),
            returned=self.sum("points", "restore"),
            balance=self.balance,
            debt=self.debt,
        )

    def growth_earned(self) -> int:
        """What it earned beside points."""
        return sum(move.amount for move in self.moves if move.currency != "points" and move.kind == "earn")

    def sum(self, currency: str, *kinds: str) -> int:
        """What the entries of some kinds moved of a currency."""
        return sum(move.amount for move in self.moves if move.currency == currency and move.kind in kinds)


async def answer(session: Session, programme: Programme, order: OrderIn, recorded: Recorded) -> RecordedOut:
    """What became of a document."""
    after = None
    if recorded.member_id:
        after = _decided(recorded.book, recorded.order_id) if recorded.book else None
        after = after or await stored(session, programme, recorded)
    return RecordedOut(
        order_id=recorded.order_id,
        source=order.source,
        number=order.number,
        kind=order.kind,
        member_id=recorded.member_id or None,
        state="created" if recorded.state == "new" else "unchanged",
        points=after.points() if after else None,
        growth_earned=after.growth_earned() if after else 0,
        tier=tier_of(programme, after.rank) if after else None,
        coupons=await _coupons(session, recorded) if order.coupons else [],
    )


async def _coupons(session: Session, recorded: Recorded) -> list[CouponUsedOut]:
    used = await coupons.find_used(session, recorded.member_id, recorded.order_id)
    return [CouponUsedOut(code=code, discount_minor=discount_minor) for code, discount_minor in used]


def waits(order: OrderIn) -> RecordedOut:
    """The answer to a refund whose order has not come yet."""
    return RecordedOut(
        order_id=None,
        source=order.source,
        number=order.number,
        kind=order.kind,
        member_id=None,
        state="waiting",
        points=None,
        growth_earned=0,
        tier=None,
        coupons=[],
    )


def _decided(book: Book, order_id: int) -> After:
    """From the book as it was saved."""
    moves = [
        _Move(code, entry.kind, entry.amount)
        for code, account in book.accounts.items()
        for entry in account.entries
        if entry.operation.origin_id == order_id and entry.operation.origin_kind in _ORIGINS
    ]
    points = book.accounts["points"]
    return After(moves, points.available, points.debt, book.standing.rank)


async def stored(session: Session, programme: Programme, recorded: Recorded) -> After:
    """What a document moved, and what its member has by now, from the tables."""
    entries = await ledger.list_order_entries(session, recorded.member_id, recorded.order_id)
    accounts = {one.currency.code: one for one in await ledger.list_accounts(session, recorded.member_id)}
    codes = {one.currency.currency_id: code for code, one in accounts.items()}
    points = accounts["points"]
    moves = [_Move(codes[one.currency_id], one.kind, one.amount) for one in entries]
    return After(moves, points.available, points.debt, await _stored_rank(session, programme, recorded.member_id))


async def _stored_rank(session: Session, programme: Programme, member_id: int) -> int:
    if programme.scheme is None:
        return 0
    standing = await tiers.find_standing(session, programme.scheme.scheme_id, member_id)
    return standing.rank if standing else 0


def tier_of(programme: Programme, rank: int) -> TierOut | None:
    """The level of a rank; None without one."""
    if programme.scheme is None or not rank:
        return None
    return TierOut(code=programme.scheme.levels[rank - 1].code, rank=rank)

"""What is counted, and how figures follow from counts. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Literal

from shuke.platform.money import divide

By = Literal["day", "template", "store", "channel"]
# A day, the id of a template or store, a channel; None: none was named.
Place = date | int | str | None

LONGEST_DAYS = 1_830
_USUAL_DAYS = 30
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_TEN_THOUSAND = 10_000

# Coupons that were counted already: with the coupon whose place they take, or with the batch that brought them.
_COUNTED_BEFORE = ("exchange", "transfer", "code")
# Coupons that members took by their own doing.
_TAKEN = ("claim", "lottery", "exchange")
_COUNTED = {
    "redeemed": "redeemed",
    "returned": "returned",
    "expired": "expired",
    "voided": "voided",
}


@dataclass(frozen=True)
class Days:
    """Local days, both ends included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        """Every day, oldest first."""
        return (self.first + timedelta(days=number) for number in range(self.count))


def choose_days(first: date | None, last: date | None, *, today: date) -> Days | None:
    """The days asked for; open ends are today, and the thirty days that end with the last. None: they make no sense."""
    given = [day for day in (first, last) if day is not None]
    if any(not _FIRST_YEAR <= day.year <= _LAST_YEAR for day in given):
        return None
    end = last or today
    days = Days(first or end - timedelta(days=_USUAL_DAYS - 1), end)
    return days if 1 <= days.count <= LONGEST_DAYS else None


@dataclass(slots=True)
class Figures:
    """Counts of coupons and sums in minor units; those of several places add up, but for the three of orders.

    `issued`: came to be, printed codes included. `received`: came into the hands of members; `claimed`: of these by
    their own doing. `discount_minor`: taken off by what was redeemed; `taken_back_minor`: what of it refunds took back.
    """

    issued: int = 0
    claimed: int = 0
    received: int = 0
    redeemed: int = 0
    returned: int = 0
    expired: int = 0
    voided: int = 0
    discount_minor: int = 0
    taken_back_minor: int = 0
    orders: int = 0
    sales_minor: int = 0
    net_sales_minor: int = 0

    @property
    def cost_minor(self) -> int:
        """What the coupons cost in the end."""
        return self.discount_minor - self.taken_back_minor

    @property
    def average_order_minor(self) -> int | None:
        """What an order with a coupon came to, refunds taken off."""
        return divide(self.net_sales_minor, self.orders)

    @property
    def redemption_rate(self) -> int | None:
        """What was redeemed and not returned, per ten thousand issued in the same days."""
        return divide((self.redeemed - self.returned) * _TEN_THOUSAND, self.issued)

    def count_moves(self, kind: str, how: str | None, moves: int, discount_minor: int, alone_minor: int) -> None:
        """Add moves of a kind; `how`, of new coupons, they came to be. `alone_minor`: of those without an order."""
        if kind == "issued":
            self.issued += 0 if how in _COUNTED_BEFORE else moves
            self.received += 0 if how == "transfer" else moves
            self.claimed += moves if how in _TAKEN else 0
            return
        counted = _COUNTED[kind]
        setattr(self, counted, getattr(self, counted) + moves)
        if kind == "redeemed":
            self.discount_minor += discount_minor
        if kind == "returned":
            # An order's discount comes back with its refunds; what was redeemed alone has none.
            self.taken_back_minor += alone_minor

    def add(self, other: "Figures") -> None:
        """Add the figures of another place."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

"""The plain values of checkout. Amounts in minor units, quantities as decimals, instants in UTC."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from shuke.commerce.orders import NewLine
from shuke.loyalty import earning, ledger, tiers

Kind = Literal["sale", "refund", "adjustment"]
How = Literal["same_price", "same_product", "named", "unmatched"]


@dataclass(frozen=True)
class Programme:
    """What the shop promises: its zone and money, the published rule versions, the tier scheme."""

    zone: ZoneInfo
    money: str
    rule_versions: tuple[earning.RuleVersion, ...]
    scheme: tiers.Scheme | None


# A line of a document as it arrives and as it is stored are the same thing.
Line = NewLine


@dataclass(frozen=True, slots=True)
class Document:
    """An order, a refund or an adjustment, known by source and number. `refund_of` names the order refunded."""

    order_id: int
    kind: Kind
    source: str
    number: str
    placed_at: datetime
    business_day: date
    content_hash: bytes
    actor: str
    lines: tuple[Line, ...]
    refund_of: int | None = None


@dataclass(slots=True)
class Award:
    """What one rule version gave for an order, and what refunds have taken back of it."""

    version: earning.RuleVersion
    currency: str
    awarded: int
    taken_back: int
    is_changed: bool = False


@dataclass(slots=True)
class OpenOrder:
    """A sale as far as refunds can still reach it."""

    # Whose order it is: the member's, or somebody's who was merged into them.
    member_id: int
    order_id: int
    number: str
    placed_at: datetime
    goods_minor: int
    refunded_minor: int
    goods_refunded_minor: int
    business_day: date
    quantity_left: Decimal
    awards: list[Award] = field(default_factory=list)

    @property
    def goods_left_minor(self) -> int:
        """The goods value that has not been refunded."""
        return self.goods_minor - self.goods_refunded_minor


@dataclass(slots=True)
class OpenLine:
    """A line of a sale with quantity left. `left` falls with every refund."""

    order: OpenOrder
    line_no: int
    product_id: int
    is_goods: bool
    unit_price: Decimal
    quantity: Decimal
    left: Decimal
    amount_minor: int

    @property
    def place(self) -> tuple[datetime, str, int]:
        """Where the line stands among others in business time."""
        return self.order.placed_at, self.order.number, self.line_no


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a refund line: the order line it took from and that line's share of money, or nothing."""

    line_no: int
    part: int
    how: How
    quantity: Decimal
    amount_minor: int
    is_goods: bool
    line: OpenLine | None


@dataclass(slots=True)
class Counters:
    """What the member's summary counts over a lifetime."""

    order_count: int = 0
    refund_count: int = 0
    gross_spend_minor: int = 0
    net_spend_minor: int = 0
    first_order_at: datetime | None = None
    last_order_at: datetime | None = None


@dataclass(slots=True)
class Book:
    """A working copy of everything about one member that a document can move, and what this sitting decided."""

    member_id: int
    accounts: dict[str, ledger.Account]
    standing: tiers.Standing
    counters: Counters
    measures: tiers.Measures
    # What caps and budgets leave; shared by the books of one sitting.
    room: earning.Room = field(default_factory=earning.Room)
    orders: dict[int, OpenOrder] = field(default_factory=dict)
    # Lines with quantity left by product, the oldest first.
    lines: dict[int, list[OpenLine]] = field(default_factory=dict)
    operations: list[ledger.Operation] = field(default_factory=list)
    refunded_orders: set[int] = field(default_factory=set)
    refunded_lines: dict[tuple[int, int], OpenLine] = field(default_factory=dict)

    def spend(self, day: date, amount_minor: int) -> None:
        """Count net goods value on a day; below zero: given back."""
        self.measures.add("net_spend", day, amount_minor)

"""The plain values of checkout. Amounts in minor units, quantities as decimals, instants in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

from shuke.commerce.orders import NewLine, Payment, Purchases
from shuke.loyalty import earning, ledger, tiers
from shuke.loyalty.coupons import NO_COUPONS, Plan, Used
from shuke.platform.conditions import FactKey
from shuke.platform.money import share_left

from .policies import DEFAULT_POLICIES, Policies

Kind = Literal["sale", "refund", "adjustment"]
# How the names of facts about earlier orders begin.
HISTORY = "history."
How = Literal["same_price", "same_product", "named", "amount", "unmatched"]


@dataclass(frozen=True)
class Programme:
    """What the shop promises: its zone and money, the published rule versions, the tier scheme, the policies, the
    currencies of what members hold.
    """

    zone: ZoneInfo
    money: str
    rule_versions: tuple[earning.RuleVersion, ...]
    scheme: tiers.Scheme | None
    policies: Policies = DEFAULT_POLICIES
    currencies: Mapping[str, ledger.Currency] = field(default_factory=dict)

    @cached_property
    def needs(self) -> frozenset[FactKey]:
        """The facts that some rule asks about."""
        return frozenset().union(*(version.needs for version in self.rule_versions))

    @cached_property
    def judges_lines(self) -> bool:
        """Whether some rule looks at single lines of an order, or at what was bought before."""
        return any(version.judges_lines for version in self.rule_versions) or self.asks_history

    @cached_property
    def asks_history(self) -> bool:
        """Whether some rule asks what was bought before."""
        return any(name.startswith(HISTORY) for name, _ in self.needs)


# A line of a document as it arrives and as it is stored are the same thing.
Line = NewLine


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of what a refund takes back: a quantity of a line or product, or an amount off a line."""

    line_no: int | None
    product_id: int | None
    quantity: Decimal | None
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What a refund of a named order takes back: lines, an amount of the whole order, or all that is left."""

    lines: tuple[Asked, ...] = ()
    amount_minor: int | None = None
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Payments:
    """How an order was paid. `points` pay `points_minor` of its goods; `hold_no`: the hold that set them aside.

    `coupon_minor` is what all coupons take off: the shop's own, which `coupons` names, and those of other systems.
    """

    points: int = 0
    points_minor: int = 0
    coupon_minor: int = 0
    hold_no: int | None = None
    money: tuple[Payment, ...] = ()
    coupons: Plan = NO_COUPONS

    @property
    def other_coupons_minor(self) -> int:
        """What coupons of other systems take off."""
        return self.coupon_minor - self.coupons.discount_minor


NO_PAYMENTS = Payments()


@dataclass(frozen=True, slots=True)
class Product:
    """What rules may ask about a product."""

    code: str
    category: str | None
    brand: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """An order, a refund or an adjustment, known by source and number. `refund_of` names the order refunded; a refund
    with an `ask` gets its lines from there.
    """

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
    refund_of_number: str | None = None
    ask: Ask | None = None
    payments: Payments = NO_PAYMENTS
    store: str | None = None


@dataclass(slots=True)
class Award:
    """What one rule version gave for an order in one currency, what it would have given without caps and budgets, and
    what refunds have taken back of it.
    """

    version: earning.RuleVersion
    currency: str
    awarded: int
    taken_back: int
    entitled: int
    is_changed: bool = False


@dataclass(slots=True)
class OpenOrder:
    """A sale as far as refunds can still reach it."""

    # Whose order it is: the member's, or somebody's who was merged into them.
    member_id: int
    order_id: int
    source: str
    number: str
    placed_at: datetime
    received_at: datetime
    gross_minor: int
    goods_minor: int
    refunded_minor: int
    goods_refunded_minor: int
    business_day: date
    quantity_left: Decimal
    points_used: int = 0
    points_minor: int = 0
    points_returned: int = 0
    coupon_minor: int = 0
    counts_minor: int = 0
    # What of points' and coupons' worth belongs to what is left of its lines; of the coupons', to the goods.
    points_left_minor: int = 0
    coupon_left_minor: int = 0
    goods_coupon_left_minor: int = 0
    facts: Mapping[FactKey, Any] = field(default_factory=dict)
    awards: list[Award] = field(default_factory=list)
    # Its lines with something left; all of them only where they are needed.
    lines: list["OpenLine"] = field(default_factory=list)

    @property
    def goods_left_minor(self) -> int:
        """The goods value that has not been refunded."""
        return self.goods_minor - self.goods_refunded_minor

    @property
    def left_minor(self) -> int:
        """The value that has not been refunded, of goods and everything else."""
        return self.gross_minor - self.refunded_minor

    @property
    def is_whole(self) -> bool:
        """Whether all of it has been given back."""
        return self.quantity_left <= 0 or self.left_minor <= 0 < self.gross_minor

    def share(self, amount: int) -> int:
        """What remains of an amount that belongs to the goods, as they shrink."""
        if self.goods_minor <= 0:
            return amount
        return share_left(amount, Decimal(self.goods_left_minor), Decimal(self.goods_minor))

    def count_again(self) -> None:
        """Work out from the lines what of points' and coupons' worth is left, and what counts as spending: the goods
        net of refunds and of what points and coupons paid of them.

        Where something was paid so, all lines with something left must be there.
        """
        if self.points_minor or self.coupon_minor:
            self.points_left_minor = sum(line.points_left_minor for line in self.lines)
            shares = [(line.is_goods, line.coupon_left_minor) for line in self.lines if line.coupon_minor]
            self.coupon_left_minor = sum(share for _, share in shares)
            self.goods_coupon_left_minor = sum(share for is_goods, share in shares if is_goods)
        self.counts_minor = self.goods_left_minor - self.points_left_minor - self.goods_coupon_left_minor

    def points_left(self) -> int:
        """How many of the points that paid it belong to what is left."""
        if not self.points_minor:
            return self.share(self.points_used)
        return share_left(self.points_used, Decimal(self.points_left_minor), Decimal(self.points_minor))


@dataclass(slots=True)
class OpenLine:
    """A line of a sale with quantity left. `left` falls with every refund, `reduced_minor` came off what is left."""

    order: OpenOrder
    line_no: int
    product_id: int
    is_goods: bool
    unit_price: Decimal
    quantity: Decimal
    left: Decimal
    amount_minor: int
    points_minor: int = 0
    coupon_minor: int = 0
    reduced_minor: int = 0

    @property
    def place(self) -> tuple[datetime, str, int]:
        """Where the line stands among others in business time."""
        return self.order.placed_at, self.order.number, self.line_no

    @property
    def value_left(self) -> int:
        """What is left of the line's amount."""
        return max(0, share_left(self.amount_minor, self.left, self.quantity) - self.reduced_minor)

    def take(self, quantity: Decimal) -> int:
        """Take a quantity off the line; answers the amount that goes with it."""
        before, left = self.value_left, self.left
        self.left -= quantity
        if self.reduced_minor:
            # Two shares are rounded apart from each other: what is left is never worth more than before.
            unreduced = share_left(self.amount_minor, self.left, self.quantity)
            self.reduced_minor = max(share_left(self.reduced_minor, self.left, left), unreduced - before)
        return before - self.value_left

    @property
    def coupon_left_minor(self) -> int:
        """What coupons paid of what is left."""
        return self.share(self.coupon_minor)

    @property
    def points_left_minor(self) -> int:
        """What points paid of what is left. Points paid what coupons had left: rounded apart from each other, both
        would come to more or less than what is left, and a refund would give or take money for it.
        """
        if self.points_minor <= 0 or self.coupon_minor <= 0:
            return self.share(self.points_minor)
        left_minor = self.value_left - self.coupon_left_minor
        return share_left(self.points_minor, Decimal(left_minor), Decimal(self.amount_minor - self.coupon_minor))

    def share(self, amount: int) -> int:
        """What remains of an amount that belongs to the line, as it shrinks."""
        if self.amount_minor <= 0:
            return amount
        return share_left(amount, Decimal(self.value_left), Decimal(self.amount_minor))


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
    # What rules ask about the member and is not in the book itself.
    facts: Mapping[FactKey, Any] = field(default_factory=dict)
    # Of it, what is different on another day, such as whether it is a birthday.
    facts_by_day: dict[date, Mapping[FactKey, Any]] = field(default_factory=dict)
    # What was bought before, as far as rules ask about it; None: no rule does.
    purchases: Purchases | None = None
    # Products of the documents and of the open lines, where rules look at lines or history.
    products: Mapping[int, Product] = field(default_factory=dict)
    orders: dict[int, OpenOrder] = field(default_factory=dict)
    # Lines with quantity left by product, the oldest first.
    lines: dict[int, list[OpenLine]] = field(default_factory=dict)
    # How points paid earlier orders, by order, for giving them back.
    payments: dict[int, ledger.Posted] = field(default_factory=dict)
    # The coupons that orders used, by order, as far as refunds can reach them.
    coupon_uses: dict[int, list[Used]] = field(default_factory=dict)
    operations: list[ledger.Operation] = field(default_factory=list)
    refunded_orders: set[int] = field(default_factory=set)
    refunded_lines: dict[tuple[int, int], OpenLine] = field(default_factory=dict)

    def spend(self, day: date, amount_minor: int) -> None:
        """Count net goods value on a day; below zero: given back."""
        self.measures.add("net_spend", day, amount_minor)

"""Rows of a file become checked order lines or returns, or rejects that say why. No database here."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shuke.platform.tabular import Row

from .cells import CellReader, Rejected
from .joins import Joiner
from .mapping import RETURNS, Mapping

_KINDS = ("sale", "refund", "adjustment")
# In units of money: far above any line, far below what sums of sums can hold.
_LARGEST_AMOUNT = Decimal(10**10)
_NOTHING = Decimal(0)
MEMBER = "1"
GUEST = "2"
# Behind all orders, so that the orders of the same import are there.
RETURN = "3"


class StagedLine(NamedTuple):
    """A line as it waits to be applied. `group_key` sorts members by customer number, guests behind them, and last
    the returns, whose `number` says which of several such rows it is."""

    row_no: int
    group_key: str
    number: str
    placed_at: datetime
    kind: str
    store: str
    product: str
    product_name: str
    quantity: Decimal
    unit_price: Decimal
    points_paid: Decimal
    coupon_paid: Decimal
    payment: str


@dataclass
class Noted:
    """What the rows of an import say beside themselves: category and brand of products, and how often each return."""

    traits: dict[str, tuple[str, str]] = field(default_factory=dict)
    returns: Counter[tuple[str, datetime, str, Decimal]] = field(default_factory=Counter)


def reader_of(
    mapping: Mapping, role: str, joiner: Joiner, noted: Noted, zone: ZoneInfo, now: datetime
) -> "LineReader | ReturnReader":
    """Who reads files of this kind. Raises WrongColumns."""
    if role == RETURNS and mapping.returns is not None:
        columns = mapping.returns.columns.model_dump()
        # A return that says no time came back after all that was bought on its day.
        return ReturnReader(CellReader(mapping, columns, joiner.header, zone, now, time.max), joiner, noted)
    columns = mapping.columns.model_dump()
    return LineReader(CellReader(mapping, columns, joiner.header, zone, now, mapping.time_of_day), joiner, noted)


def _joined(joiner: Joiner, row: Row) -> Row:
    if len(row.cells) != len(joiner.own):
        raise Rejected("row.columns", found=len(row.cells), wanted=len(joiner.own))
    return Row(row.number, joiner.extend(row.cells)) if joiner.joined else row


@dataclass
class LineReader:
    """Reads rows of orders."""

    cells: CellReader
    joiner: Joiner
    noted: Noted

    def __post_init__(self) -> None:
        columns = self.cells.mapping.columns
        self._has_traits = bool(columns.category or columns.brand)

    def read(self, row: Row, before: int) -> StagedLine:
        """One row as an order line. Raises Rejected."""
        cells = self.cells
        row = _joined(self.joiner, row)
        number = cells.text(row, "number", is_needed=True)
        customer = cells.text(row, "customer")
        quantity = cells.number(row, "quantity")
        unit_price = cells.number(row, "unit_price")
        if abs(quantity * unit_price) >= _LARGEST_AMOUNT:
            raise Rejected("row.amount_range", value=f"{quantity} × {unit_price}")
        kind = self._kind(row, number, quantity)
        line = StagedLine(
            row_no=before + row.number,
            group_key=f"{MEMBER}{len(customer):02d}{customer}" if customer else f"{GUEST}{number}",
            number=number,
            placed_at=cells.instant(row, "placed_at"),
            kind=kind,
            store=cells.text(row, "store"),
            product=cells.text(row, "product", is_needed=True),
            product_name=cells.text(row, "product_name"),
            quantity=quantity,
            unit_price=unit_price,
            points_paid=cells.amount(row, "points_paid"),
            coupon_paid=cells.amount(row, "coupon_paid"),
            payment=cells.text(row, "payment"),
        )
        if self._has_traits and line.product not in self.noted.traits:
            self.noted.traits[line.product] = cells.text(row, "category"), cells.text(row, "brand")
        return line

    def _kind(self, row: Row, number: str, quantity: Decimal) -> str:
        mapping = self.cells.mapping
        if quantity == 0:
            raise Rejected("row.quantity_zero")
        kind = self.cells.text(row, "kind") or "sale"
        if kind not in _KINDS:
            raise Rejected("row.bad_kind", value=kind)
        if mapping.refund_prefix and number.startswith(mapping.refund_prefix):
            kind = "refund"
        elif mapping.adjustment_prefix and number.startswith(mapping.adjustment_prefix):
            kind = "adjustment"
        if kind == "refund" and quantity > 0:
            raise Rejected("row.refund_positive", number=number, value=str(quantity))
        return kind


@dataclass
class ReturnReader:
    """Reads rows of goods that came back, with neither order nor customer."""

    cells: CellReader
    joiner: Joiner
    noted: Noted

    def read(self, row: Row, before: int) -> StagedLine:
        """One row as a return. Raises Rejected."""
        cells = self.cells
        row = _joined(self.joiner, row)
        # Some write what came back below zero.
        quantity = abs(cells.number(row, "quantity"))
        if quantity == 0:
            raise Rejected("row.quantity_zero")
        product = cells.text(row, "product", is_needed=True)
        returned_at = cells.instant(row, "placed_at")
        store = cells.text(row, "store")
        content = (product, returned_at, store, quantity)
        self.noted.returns[content] += 1
        row_no = before + row.number
        return StagedLine(
            row_no=row_no,
            group_key=f"{RETURN}{row_no:015d}",
            number=str(self.noted.returns[content]),
            placed_at=returned_at,
            kind="return",
            store=store,
            product=product,
            product_name=cells.text(row, "product_name"),
            quantity=quantity,
            unit_price=_NOTHING,
            points_paid=_NOTHING,
            coupon_paid=_NOTHING,
            payment="",
        )

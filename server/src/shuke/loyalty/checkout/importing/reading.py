"""Rows of a file become checked order lines, or rejects that say why. No database here."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from shuke.people import members
from shuke.platform.errors import AppError
from shuke.platform.tabular import Row

from .mapping import Mapping

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_CACHE_LIMIT = 100_000
_LIMITS = {"number": 64, "customer": 64, "product": 64, "product_name": 200, "store": 100, "kind": 20}
_KINDS = ("sale", "refund", "adjustment")
# Largest size and decimal places; the tables hold exactly these.
_BOUNDS = {"quantity": (Decimal(10**10), 3), "unit_price": (Decimal(10**9), 4)}
# In units of money: far above any line, far below what sums of sums can hold.
_LARGEST_AMOUNT = Decimal(10**10)
GUEST = "2"
MEMBER = "1"


class WrongColumns(AppError):
    """The file lacks columns that the mapping needs."""

    code = "imports.wrong_columns"
    title = {"zh": "文件缺少需要的列", "en": "The file lacks columns"}
    detail = {
        "zh": "文件缺少这些列：{missing}。文件中有：{found}。请换一种列对应关系，或修改表头。",
        "en": "The file lacks these columns: {missing}. It has: {found}. Choose another mapping, or rename headings.",
    }


class Rejected(Exception):
    """A row that cannot be read. `code` is a key of REASONS, `values` fill its places."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class StagedLine(NamedTuple):
    """An order line as it waits to be applied. `group_key` sorts members by customer number, guests behind them."""

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


@dataclass
class RowReader:
    """Reads the rows of one file under one mapping. `now` is the shop's present: no order may lie after it."""

    mapping: Mapping
    header: list[str]
    zone: ZoneInfo
    now: datetime
    _places: dict[str, int] = field(default_factory=dict)
    # Cells repeat a lot: what has been checked once is known, for each column, up to a bound.
    _texts: dict[str, dict[str, str]] = field(default_factory=lambda: {name: {} for name in _LIMITS})
    _numbers: dict[str, dict[str, Decimal]] = field(default_factory=lambda: {name: {} for name in _BOUNDS})
    _instants: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = {name: column for name, column in self.mapping.columns.model_dump().items() if column is not None}
        missing = [column for column in wanted.values() if column not in self.header]
        if missing:
            found = ", ".join(self.header[:20])
            raise WrongColumns(missing=", ".join(missing), found=found[:500])
        self._places = {name: self.header.index(column) for name, column in wanted.items()}

    def read(self, row: Row) -> StagedLine:
        """One row as an order line. Raises Rejected."""
        if len(row.cells) != len(self.header):
            raise Rejected("row.columns", found=len(row.cells), wanted=len(self.header))
        number = self._text(row, "number", is_needed=True)
        customer = self._text(row, "customer")
        quantity = self._number(row, "quantity")
        unit_price = self._number(row, "unit_price")
        if abs(quantity * unit_price) >= _LARGEST_AMOUNT:
            raise Rejected("row.amount_range", value=f"{quantity} × {unit_price}")
        kind = self._kind(row, number, quantity)
        return StagedLine(
            row_no=row.number,
            group_key=f"{MEMBER}{len(customer):02d}{customer}" if customer else f"{GUEST}{number}",
            number=number,
            placed_at=self._instant(row),
            kind=kind,
            store=self._text(row, "store"),
            product=self._text(row, "product", is_needed=True),
            product_name=self._text(row, "product_name"),
            quantity=quantity,
            unit_price=unit_price,
        )

    def _column(self, name: str) -> str:
        return self.header[self._places[name]]

    def _text(self, row: Row, name: str, *, is_needed: bool = False) -> str:
        place = self._places.get(name)
        if place is None:
            return ""
        cell = row.cells[place]
        text = self._texts[name].get(cell)
        if text is None:
            text = self._check_text(cell.strip(), name)
            if len(self._texts[name]) < _CACHE_LIMIT:
                self._texts[name][cell] = text
        if is_needed and not text:
            raise Rejected("row.missing", column=self._column(name))
        return text

    def _check_text(self, text: str, name: str) -> str:
        if len(text) > _LIMITS[name]:
            raise Rejected("row.too_long", column=self._column(name), limit=_LIMITS[name])
        if not text.isprintable():
            raise Rejected("row.bad_characters", column=self._column(name))
        if name == "customer" and text:
            return self._check_customer(text)
        return text

    def _check_customer(self, text: str) -> str:
        """The customer number in the one spelling that members know it by, so that its lines stay together."""
        try:
            _, number = members.normalise_identity("external", self.mapping.source, text)
        except AppError:
            number = ""
        if not 0 < len(number) <= _LIMITS["customer"]:
            raise Rejected("row.bad_customer", column=self._column("customer"), value=text[:40])
        return number

    def _kind(self, row: Row, number: str, quantity: Decimal) -> str:
        mapping = self.mapping
        if quantity == 0:
            raise Rejected("row.quantity_zero")
        kind = self._text(row, "kind") or "sale"
        if kind not in _KINDS:
            raise Rejected("row.bad_kind", value=kind)
        if mapping.refund_prefix and number.startswith(mapping.refund_prefix):
            kind = "refund"
        elif mapping.adjustment_prefix and number.startswith(mapping.adjustment_prefix):
            kind = "adjustment"
        if kind == "refund" and quantity > 0:
            raise Rejected("row.refund_positive", number=number, value=str(quantity))
        return kind

    def _number(self, row: Row, name: str) -> Decimal:
        cell = row.cells[self._places[name]]
        number = self._numbers[name].get(cell)
        if number is None:
            number = self._check_number(cell.strip(), name)
            if len(self._numbers[name]) < _CACHE_LIMIT:
                self._numbers[name][cell] = number
        return number

    def _check_number(self, text: str, name: str) -> Decimal:
        number = self._parse_number(text, name)
        largest, decimals = _BOUNDS[name]
        exponent = number.as_tuple().exponent
        if abs(number) >= largest or (isinstance(exponent, int) and -exponent > decimals):
            raise Rejected("row.number_range", column=self._column(name), value=text[:40])
        return number

    def _parse_number(self, text: str, name: str) -> Decimal:
        if not text:
            raise Rejected("row.missing", column=self._column(name))
        try:
            number = Decimal(text.replace(",", "") if "," in text else text)
        except InvalidOperation:
            raise Rejected("row.not_a_number", column=self._column(name), value=text[:40]) from None
        if not number.is_finite():
            raise Rejected("row.not_a_number", column=self._column(name), value=text[:40])
        return number.normalize() + 0 if number == number.to_integral_value() and abs(number) < 10**12 else number

    def _instant(self, row: Row) -> datetime:
        cell = row.cells[self._places["placed_at"]]
        instant = self._instants.get(cell)
        if instant is None:
            instant = self._parse_instant(cell.strip())
            if not _EARLIEST <= instant <= self.now:
                raise Rejected("row.date_range", value=cell.strip()[:40])
            if len(self._instants) < _CACHE_LIMIT:
                self._instants[cell] = instant
        return instant

    def _parse_instant(self, text: str) -> datetime:
        if not text:
            raise Rejected("row.missing", column=self._column("placed_at"))
        found = _iso(text)
        for pattern in self.mapping.date_formats:
            if found is not None:
                break
            found = _strptime(text, pattern)
        if found is None:
            raise Rejected("row.not_a_date", column=self._column("placed_at"), value=text[:40])
        try:
            return (found if found.tzinfo else found.replace(tzinfo=self.zone)).astimezone(UTC)
        except OverflowError:
            raise Rejected("row.date_range", value=text[:40]) from None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _strptime(text: str, pattern: str) -> datetime | None:
    try:
        # Without an offset on purpose: the caller reads it in the mapping's zone.
        return datetime.strptime(text, pattern)  # noqa: DTZ007 — see above
    except ValueError:
        return None

"""Cells become checked values, or rejects that say why. No database here."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from shuke.people import members
from shuke.platform.errors import AppError
from shuke.platform.tabular import Row

from .mapping import Mapping

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_CACHE_LIMIT = 100_000
_NOTHING = Decimal(0)
_LIMITS = {
    "number": 64,
    "customer": 64,
    "product": 64,
    "product_name": 200,
    "store": 100,
    "kind": 20,
    "category": 100,
    "brand": 100,
    "payment": 40,
}
# Largest size and decimal places; the tables hold exactly these.
_BOUNDS = {
    "quantity": (Decimal(10**10), 3),
    "unit_price": (Decimal(10**9), 4),
    "points_paid": (Decimal(10**9), 4),
    "coupon_paid": (Decimal(10**9), 4),
}


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


@dataclass
class CellReader:
    """Reads cells of rows under one mapping. `now` is the shop's present: nothing may lie after it.

    `columns` says which column each thing is in; `header` may go on with columns of joined files.
    """

    mapping: Mapping
    columns: dict[str, str | None]
    header: list[str]
    zone: ZoneInfo
    now: datetime
    time_of_day: time
    _places: dict[str, int] = field(default_factory=dict)
    # Cells repeat a lot: what has been checked once is known, for each column, up to a bound.
    _texts: dict[str, dict[str, str]] = field(default_factory=lambda: {name: {} for name in _LIMITS})
    _numbers: dict[str, dict[str, Decimal]] = field(default_factory=lambda: {name: {} for name in _BOUNDS})
    _instants: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = {name: column for name, column in self.columns.items() if column is not None}
        missing = [column for column in wanted.values() if column not in self.header]
        if missing:
            raise WrongColumns(missing=", ".join(missing), found=", ".join(self.header[:20])[:500])
        self._places = {name: self.header.index(column) for name, column in wanted.items()}

    def column(self, name: str) -> str:
        """The heading of the column that something is in."""
        return self.header[self._places[name]]

    def text(self, row: Row, name: str, *, is_needed: bool = False) -> str:
        """A text, checked; empty where the file has no such column. Raises Rejected."""
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
            raise Rejected("row.missing", column=self.column(name))
        return text

    def _check_text(self, text: str, name: str) -> str:
        if len(text) > _LIMITS[name]:
            raise Rejected("row.too_long", column=self.column(name), limit=_LIMITS[name])
        if not text.isprintable():
            raise Rejected("row.bad_characters", column=self.column(name))
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
            raise Rejected("row.bad_customer", column=self.column("customer"), value=text[:40])
        return number

    def number(self, row: Row, name: str) -> Decimal:
        """A number within its bounds. Raises Rejected."""
        cell = row.cells[self._places[name]]
        number = self._numbers[name].get(cell)
        if number is None:
            number = self._check_number(cell.strip(), name)
            if len(self._numbers[name]) < _CACHE_LIMIT:
                self._numbers[name][cell] = number
        return number

    def amount(self, row: Row, name: str) -> Decimal:
        """A number that may be left out: nothing where there is no such column, or nothing in it. Raises Rejected."""
        place = self._places.get(name)
        return self.number(row, name) if place is not None and row.cells[place].strip() else _NOTHING

    def _check_number(self, text: str, name: str) -> Decimal:
        number = self._parse_number(text, name)
        largest, decimals = _BOUNDS[name]
        exponent = number.as_tuple().exponent
        if abs(number) >= largest or (isinstance(exponent, int) and -exponent > decimals):
            raise Rejected("row.number_range", column=self.column(name), value=text[:40])
        return number

    def _parse_number(self, text: str, name: str) -> Decimal:
        if not text:
            raise Rejected("row.missing", column=self.column(name))
        try:
            number = Decimal(text.replace(",", "") if "," in text else text)
        except InvalidOperation:
            raise Rejected("row.not_a_number", column=self.column(name), value=text[:40]) from None
        if not number.is_finite():
            raise Rejected("row.not_a_number", column=self.column(name), value=text[:40])
        return number.normalize() + 0 if number == number.to_integral_value() and abs(number) < 10**12 else number

    def instant(self, row: Row, name: str) -> datetime:
        """An instant not after the shop's present; a day without a time takes `time_of_day`. Raises Rejected."""
        cell = row.cells[self._places[name]]
        instant = self._instants.get(cell)
        if instant is None:
            instant = self._check_instant(cell.strip(), name)
            if len(self._instants) < _CACHE_LIMIT:
                self._instants[cell] = instant
        return instant

    def _check_instant(self, text: str, name: str) -> datetime:
        if not text:
            raise Rejected("row.missing", column=self.column(name))
        found, has_time = self._parse_instant(text)
        if found is None:
            raise Rejected("row.not_a_date", column=self.column(name), value=text[:40])
        try:
            local = found if has_time else datetime.combine(found, self.time_of_day)
            instant = (local if found.tzinfo else local.replace(tzinfo=self.zone)).astimezone(UTC)
            # A day without a time may be today, whatever the time is by now.
            latest = self.now if has_time or local.date() != self.now.astimezone(self.zone).date() else instant
        except OverflowError:
            raise Rejected("row.date_range", value=text[:40]) from None
        if not _EARLIEST <= instant <= latest:
            raise Rejected("row.date_range", value=text[:40])
        return instant

    def _parse_instant(self, text: str) -> tuple[datetime | None, bool]:
        """What a text says in local time, and whether it says a time of the day."""
        found = _iso(text)
        if found is not None:
            return found, ":" in text or "T" in text
        for pattern in self.mapping.date_formats:
            found = _strptime(text, pattern)
            if found is not None:
                return found, "%H" in pattern or "%I" in pattern
        return None, False


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

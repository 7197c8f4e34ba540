"""Rows of a file of codes from elsewhere become codes, or reasons why not. No database here."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from shuke.people import members
from shuke.platform.errors import AppError
from shuke.platform.tabular import Row

from .. import codes
from .dates import end_of

LEAST, MOST = 4, 40
COLUMNS = ("code", "terms", "expires_on", "member")
_CODE = re.compile(rf"[A-Z0-9._]{{{LEAST},{MOST}}}")
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+")
_NUMBER = re.compile(r"(number:)?M[0-9A-Z]{4,20}", re.IGNORECASE)
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%d/%m/%Y")
_LONGEST = 300
# Headings that people give these columns, without blanks and in small letters.
_WORDS: dict[str, tuple[str, ...]] = {
    "code": ("券码", "优惠券码", "优惠码", "兑换码", "卡券码", "券号", "编码", "code", "couponcode", "coupon",
             "voucher", "vouchercode", "promocode", "couponid"),
    "terms": ("面额", "优惠", "优惠内容", "折扣", "规则", "优惠规则", "满减", "discount", "discountrate", "terms",
              "value", "offer"),
    "expires_on": ("到期日", "有效期至", "截止日期", "失效日期", "过期日期", "到期时间", "有效期", "expires",
                   "expireson", "expiry", "expirydate", "validuntil", "expiresat", "enddate"),
    "member": ("手机号", "手机", "会员手机", "会员手机号", "会员号", "会员", "phone", "mobile", "member",
               "membernumber", "customerphone", "phonenumber"),
}  # fmt: skip
_BLANKS = re.compile(r"[\s_\-./()（）:：]+")


class Rejected(Exception):
    """A row that cannot be taken. `code` is a key of REASONS; `values` fill its places and hold nothing personal."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class CodeRow:
    """A row that was read. `member`: a reference to whom it is for. `ends`: the first instant after its last day."""

    row_no: int
    code: str
    ends: datetime | None
    member: str | None
    terms: str | None
    cells: Sequence[str]


def guess(header: Sequence[str]) -> dict[str, str]:
    """Which column each thing probably is in, by the headings that people use; one column is one thing."""
    left = {_BLANKS.sub("", column).lower(): column for column in reversed(header)}
    found: dict[str, str] = {}
    for name, words in _WORDS.items():
        word = next((word for word in words if word in left), None)
        if word is not None:
            found[name] = left.pop(word)
    return found


@dataclass
class CodeReader:
    """Reads the rows of one file. `columns`: which heading holds what. `is_fitting`: whether terms are the coupon's."""

    header: Sequence[str]
    columns: Mapping[str, str]
    zone: ZoneInfo
    now: datetime
    is_fitting: Callable[[str], bool | None]

    def __post_init__(self) -> None:
        self._places = {name: self.header.index(column) for name, column in self.columns.items()}

    def read(self, row: Row) -> CodeRow:
        """One row. Raises Rejected."""
        if len(row.cells) != len(self.header):
            raise Rejected("row.columns", found=len(row.cells), wanted=len(self.header))
        texts = {name: self._text(row, name) for name in self._places}
        return CodeRow(
            row_no=row.number,
            code=_code(texts["code"]),
            ends=self._ends(texts.get("expires_on", "")),
            member=_member(texts.get("member", "")),
            terms=self._terms(texts.get("terms", "")),
            cells=row.cells,
        )

    def shown(self, cells: Sequence[str]) -> list[str]:
        """A row's cells as they may be kept and handed back: of the columns that are read, the member masked."""
        kept = []
        for place, cell in enumerate(cells[: len(self.header)]):
            text = plain(cell)[:_LONGEST] if place in self._places.values() else ""
            kept.append(_masked(text) if place == self._places.get("member") else text)
        return kept

    def _text(self, row: Row, name: str) -> str:
        text = unicodedata.normalize("NFKC", row.cells[self._places[name]]).strip()
        if not text.isprintable() or len(text) > _LONGEST:
            raise Rejected("row.bad_characters", column=self.columns[name])
        return text

    def _ends(self, text: str) -> datetime | None:
        if not text:
            return None
        day = _day(text)
        if day is None:
            raise Rejected("row.bad_date", value=text[:40])
        ends = end_of(day, self.zone)
        if ends is not None and ends <= self.now:
            raise Rejected("row.over", value=day.isoformat())
        return ends

    def _terms(self, text: str) -> str | None:
        if not text:
            return None
        fits = self.is_fitting(text)
        if fits is None:
            raise Rejected("row.bad_terms", value=text[:60])
        if not fits:
            raise Rejected("row.other_terms", value=text[:60])
        return text


def plain(cell: str) -> str:
    """A cell that the database can hold: what is no character is shown as the replacement sign."""
    return cell.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _code(text: str) -> str:
    if not text:
        raise Rejected("row.no_code")
    if _ROUNDED.fullmatch(text.upper()):
        raise Rejected("row.rounded_code")
    code = codes.normal(text)
    if _CODE.fullmatch(code) is None:
        raise Rejected("row.bad_code", least=LEAST, most=MOST)
    return code


def _member(text: str) -> str | None:
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return f"number:{text.upper().removeprefix('NUMBER:')}"
    try:
        _, phone = members.normalise_identity("phone", "", text)
    except AppError:
        raise Rejected("row.bad_member") from None
    return f"phone:{phone}"


def _masked(text: str) -> str:
    return f"{text[:3]}{'*' * max(0, len(text) - 5)}{text[-2:]}" if len(text) > 5 else "*" * len(text)


def _day(text: str) -> date | None:
    first = text.split("T", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    for form in _DATES:
        try:
            found = datetime.strptime(first, form).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
        return found if 1970 <= found.year <= 2999 else None
    return None

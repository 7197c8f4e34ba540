"""Rows of a file become people, or rejects that say why. No database here."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import phonenumbers

from shuke.people import members
from shuke.platform.errors import AppError
from shuke.platform.tabular import Row

from . import dates
from .settings import ImportSettings, MatchKind

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LIMITS = {"name": 100, "address": 300, "language": 35, "store": 100, "employee": 100}
_LONGEST = 300
_GENDERS: dict[str, Literal["female", "male"] | None] = {
    **dict.fromkeys(("男", "男性", "先生", "male", "m", "man", "mr", "1"), "male"),
    **dict.fromkeys(("女", "女性", "女士", "小姐", "female", "f", "woman", "ms", "mrs", "2"), "female"),
    **dict.fromkeys(("未知", "保密", "其他", "unknown", "other", "0", "3"), None),
}
_BAD = {"phone": "row.bad_phone", "email": "row.bad_email", "card": "row.bad_number", "external": "row.bad_number"}


class Rejected(Exception):
    """A row that cannot be taken. `code` is a key of REASONS, `values` fill its places and hold nothing personal."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Person:
    """What a row says: identities in the order of the match keys, each in its one spelling."""

    row_no: int
    identities: tuple[members.NewIdentity, ...]
    profile: members.Profile
    joined_at: datetime | None
    store_id: int | None
    employee_id: int | None
    custom: Mapping[str, str]


@dataclass
class RowReader:
    """Reads the rows of one file. `stores` and `employees` by what people write for them: codes and names."""

    settings: ImportSettings
    header: list[str]
    zone: ZoneInfo
    now: datetime
    stores: Mapping[str, int]
    employees: Mapping[str, int]
    _places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {name: place for place, name in enumerate(self.settings.fields) if name is not None}

    def read(self, row: Row) -> Person:
        """One row as a person. Raises Rejected."""
        if len(row.cells) != len(self.header):
            raise Rejected("row.columns", found=len(row.cells), wanted=len(self.header))
        texts = {name: self._text(row, name, place) for name, place in self._places.items()}
        identities = tuple(
            identity for kind in self._kinds() if (identity := self._identity(kind, texts.get(kind, ""))) is not None
        )
        if not identities:
            raise Rejected("row.no_identity")
        profile = members.Profile(
            name=texts.get("name") or None,
            gender=self._gender(texts.get("gender", "")),
            birthday=self._birthday(texts.get("birthday", "")),
            language=texts.get("language") or None,
            address=texts.get("address") or None,
        )
        return Person(
            row_no=row.number,
            identities=identities,
            profile=profile,
            joined_at=self._joined_at(texts.get("joined_at", "")),
            store_id=self._known("store", texts.get("store", ""), self.stores) or self.settings.store_id,
            employee_id=self._known("employee", texts.get("employee", ""), self.employees),
            custom={name: text for name, text in texts.items() if name.startswith("custom:") and text},
        )

    def _kinds(self) -> list[MatchKind]:
        others: list[MatchKind] = ["phone", "email", "card", "external"]
        return [*self.settings.match, *(kind for kind in others if kind not in self.settings.match)]

    def _column(self, name: str) -> str:
        return self.header[self._places[name]]

    def _text(self, row: Row, name: str, place: int) -> str:
        text = row.cells[place].strip()
        if not text:
            return ""
        limit = _LIMITS.get(name, _LONGEST)
        if len(text) > limit:
            raise Rejected("row.too_long", column=self.header[place], limit=limit)
        if not text.isprintable():
            raise Rejected("row.bad_characters", column=self.header[place])
        return text

    def _identity(self, kind: MatchKind, text: str) -> members.NewIdentity | None:
        if not text:
            return None
        if kind == "phone":
            text = self._phone(text)
        source = self.settings.source if kind == "external" else ""
        try:
            source, value = members.normalise_identity(kind, source, text)
        except AppError:
            raise Rejected(_BAD[kind], column=self._column(kind)) from None
        return members.NewIdentity(kind=kind, source=source, value=value)

    def _phone(self, text: str) -> str:
        plain = unicodedata.normalize("NFKC", text).upper()
        if "E+" in plain:
            raise Rejected("row.phone_rounded", column=self._column("phone"))
        if self.settings.phone_region == "CN" or plain.startswith("+"):
            return plain
        try:
            number = phonenumbers.parse(plain, self.settings.phone_region)
        except phonenumbers.NumberParseException:
            raise Rejected("row.bad_phone", column=self._column("phone")) from None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def _gender(self, text: str) -> Literal["female", "male"] | None:
        if not text:
            return None
        word = text.lower().rstrip(".")
        if word not in _GENDERS:
            raise Rejected("row.bad_gender", column=self._column("gender"))
        return _GENDERS[word]

    def _birthday(self, text: str) -> str | None:
        if not text:
            return None
        found = dates.birthday(text, self.settings.date_order)
        if found is None or found > self.now.date().isoformat():
            raise Rejected("row.bad_birthday", column=self._column("birthday"))
        return found

    def _joined_at(self, text: str) -> datetime | None:
        if not text:
            return None
        found = dates.instant(text, self.settings.date_order, self.zone)
        if found is None:
            raise Rejected("row.bad_date", column=self._column("joined_at"))
        if not _EARLIEST <= found <= self.now:
            raise Rejected("row.date_range", column=self._column("joined_at"))
        return found

    def _known(self, name: Literal["store", "employee"], text: str, known: Mapping[str, int]) -> int | None:
        if not text:
            return None
        if text.casefold() not in known:
            raise Rejected(f"row.unknown_{name}", column=self._column(name))
        return known[text.casefold()]

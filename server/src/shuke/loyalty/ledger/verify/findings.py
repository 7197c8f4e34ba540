"""What a verification found: that everything agrees, or the first row that does not, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shuke.platform.i18n import LocalName

# Told how many of how many entries have been looked at.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """The first wrong row: its table, whose it is (nobody's for a root), which one it is there, and what is wrong."""

    table: str
    what: LocalName
    member_id: int | None = None
    currency: str | None = None
    row: Mapping[str, int | str]

    def stored(self) -> dict[str, Any]:
        """It as JSON."""
        place = {"member_id": self.member_id, "currency": self.currency, "row": dict(self.row)}
        return {"table": self.table, **place, "what": {"zh": self.what.zh, "en": self.what.en}}

    def say(self, language: str) -> str:
        """It as one line."""
        row = ", ".join(f"{name} {value}" for name, value in self.row.items())
        place = " ".join(str(part) for part in (self.member_id, self.currency) if part is not None)
        mark = "：" if language == "zh" else ": "
        return f"{self.table} ({'; '.join(part for part in (place, row) if part)}){mark}{self._words(language)}"

    def _words(self, language: str) -> str:
        return self.what.zh if language == "zh" else self.what.en


def wrong_of(stored: Mapping[str, Any]) -> Wrong:
    """What was stored as JSON."""
    return Wrong(
        table=stored["table"],
        what=LocalName(**stored["what"]),
        member_id=stored["member_id"],
        currency=stored["currency"],
        row=stored["row"],
    )


@dataclass(frozen=True, kw_only=True)
class VerificationReport:
    """How a verification ended. `wrong` is the first wrong row in order of member, currency and version or lot."""

    ok: bool
    accounts: int
    entries: int
    wrong: Wrong | None
    seconds: float

"""What the ledger announces: one event per entry that changes a balance."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class _EntryEvent(Event):
    name: ClassVar[str] = ""
    currency: str
    version: int
    operation_key: str
    # Signed change of the balance.
    amount: int
    available_after: int
    debt_after: int
    business_day: str


@dataclass(frozen=True, kw_only=True)
class BalanceCredited(_EntryEvent):
    """Points or growth were earned."""

    name: ClassVar[str] = "balance.credited"


@dataclass(frozen=True, kw_only=True)
class BalanceTakenBack(_EntryEvent):
    """What a refunded order had earned was taken back."""

    name: ClassVar[str] = "balance.taken_back"


@dataclass(frozen=True, kw_only=True)
class BalanceExpired(_EntryEvent):
    """Lots reached their end unused."""

    name: ClassVar[str] = "balance.expired"

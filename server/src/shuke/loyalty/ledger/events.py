"""What the ledger announces: one event per entry, and what will soon expire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class _EntryEvent(Event):
    """An entry of an account. `amount`: signed change of the balance; `moved`: what only changed its place."""

    name: ClassVar[str] = ""
    currency: str
    version: int
    operation_key: str
    amount: int
    moved: int
    available_after: int
    debt_after: int
    business_day: str


@dataclass(frozen=True, kw_only=True)
class BalanceCredited(_EntryEvent):
    """Points or growth were earned."""

    name: ClassVar[str] = "balance.credited"


@dataclass(frozen=True, kw_only=True)
class BalanceTakenBack(_EntryEvent):
    """What had been given was taken back."""

    name: ClassVar[str] = "balance.taken_back"


@dataclass(frozen=True, kw_only=True)
class BalanceExpired(_EntryEvent):
    """Lots reached their end unused."""

    name: ClassVar[str] = "balance.expired"


@dataclass(frozen=True, kw_only=True)
class BalanceUsed(_EntryEvent):
    """Value was used, at once or from a hold."""

    name: ClassVar[str] = "balance.used"


@dataclass(frozen=True, kw_only=True)
class BalanceRestored(_EntryEvent):
    """Used value was given back."""

    name: ClassVar[str] = "balance.restored"


@dataclass(frozen=True, kw_only=True)
class BalanceAdjusted(_EntryEvent):
    """Somebody adjusted the balance by hand, with a reason."""

    name: ClassVar[str] = "balance.adjusted"


@dataclass(frozen=True, kw_only=True)
class BalanceHeld(_EntryEvent):
    """Value was set aside."""

    name: ClassVar[str] = "balance.held"


@dataclass(frozen=True, kw_only=True)
class BalanceReleased(_EntryEvent):
    """Held value became free again."""

    name: ClassVar[str] = "balance.released"


@dataclass(frozen=True, kw_only=True)
class BalanceMatured(_EntryEvent):
    """Pending value became usable."""

    name: ClassVar[str] = "balance.matured"


@dataclass(frozen=True, kw_only=True)
class BalanceCancelled(_EntryEvent):
    """Pending value was cancelled."""

    name: ClassVar[str] = "balance.cancelled"


@dataclass(frozen=True, kw_only=True)
class BalanceTransferred(_EntryEvent):
    """Value came from, or went to, another member."""

    name: ClassVar[str] = "balance.transferred"


@dataclass(frozen=True, kw_only=True)
class BalanceExpiryAnnounced(Event):
    """Value will end with a day, and it was time to say so. Once for each member, currency, day and notice."""

    name: ClassVar[str] = "balance.expiry_announced"
    currency: str
    amount: int
    expires_on: date


# By the kind of the entry.
EVENTS: Mapping[str, type[_EntryEvent]] = {
    "earn": BalanceCredited,
    "take_back": BalanceTakenBack,
    "expire": BalanceExpired,
    "spend": BalanceUsed,
    "capture": BalanceUsed,
    "restore": BalanceRestored,
    "adjust": BalanceAdjusted,
    "hold": BalanceHeld,
    "release": BalanceReleased,
    "mature": BalanceMatured,
    "cancel": BalanceCancelled,
    "transfer": BalanceTransferred,
}

"""The plain values that decisions work on.

`Account` is a working copy of one account: decisions change it and collect what has to be written. All amounts are
whole units of the currency; all instants are UTC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from .hashing import FIRST_HASH

EntryKind = Literal[
    "earn",
    "take_back",
    "expire",
    "spend",
    "restore",
    "adjust",
    "hold",
    "capture",
    "release",
    "mature",
    "cancel",
    "transfer",
]
Contra = Literal["issuance", "clawback", "breakage", "redemption", "adjustment", "transfer"]
LotState = Literal["pending", "open", "spent", "expired", "taken_back", "cancelled", "transferred"]
RoundTo = Literal["day", "month", "quarter", "half_year", "year"]


@dataclass(frozen=True)
class ExpiryPolicy:
    """When a lot ends: never, or some months and days after the day of earning, rounded up to the end of a period."""

    kind: Literal["none", "after"]
    months: int = 0
    days: int = 0
    round_to: RoundTo = "day"


@dataclass(frozen=True)
class NegativePolicy:
    """What a take-back does when too little is left: refuse (forgive the rest), debt up to a limit, or unlimited."""

    kind: Literal["refuse", "debt", "unlimited"]
    limit: int = 0


@dataclass(frozen=True)
class Currency:
    """One kind of value that members hold."""

    currency_id: int
    code: str
    expiry: ExpiryPolicy
    negative: NegativePolicy
    unit_cost_micro: int


@dataclass(slots=True)
class Lot:
    """What one credit opened, and what is left of it."""

    lot_no: int
    opened_version: int
    amount: int
    remaining: int
    held: int
    state: LotState
    earned_on: date
    expires_at: datetime | None
    unit_cost_micro: int
    rule_version_id: int | None
    origin_kind: str | None
    origin_id: int | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One business act of a member, known by its key: all its entries stand or fall together."""

    key: str
    kind: str
    occurred_at: datetime
    business_day: date
    recorded_at: datetime
    actor: str
    request_hash: bytes
    origin_kind: str | None = None
    origin_id: int | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """What an entry changed in one lot: its remaining, and the held part of it."""

    version: int
    lot_no: int
    amount: int
    held: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an account, for ever."""

    version: int
    operation: Operation
    kind: EntryKind
    contra: Contra
    amount: int
    moved: int
    available_after: int
    pending_after: int
    held_after: int
    debt_after: int
    rule_version_id: int | None
    explanation: dict[str, Any]
    previous_hash: bytes
    hash: bytes


@dataclass(slots=True)
class Account:
    """A working copy of one account with its open lots, and what this sitting adds to it."""

    member_id: int
    currency: Currency
    version: int = 0
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    lot_count: int = 0
    hold_count: int = 0
    head_hash: bytes = FIRST_HASH
    open_lots: list[Lot] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    opened_lots: list[Lot] = field(default_factory=list)
    touched_lots: dict[int, Lot] = field(default_factory=dict)
    loaded_version: int | None = None
    # When the next open lot expires; kept up to date by whoever opens or closes lots.
    due_at: datetime | None = None

    @property
    def balance(self) -> int:
        """What the member owns, less what the member owes."""
        return self.available + self.pending + self.held - self.debt

    def drop_closed_lots(self) -> None:
        """Forget lots that are no longer open, and find when the next one is due."""
        self.open_lots = [lot for lot in self.open_lots if lot.state == "open"]
        self.due_at = min((lot.expires_at for lot in self.open_lots if lot.expires_at is not None), default=None)

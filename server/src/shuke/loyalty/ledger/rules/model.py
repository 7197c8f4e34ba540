"""The plain values that decisions work on.

`Account` is a working copy of one account: decisions change it and collect what has to be written. All amounts are
whole units of the currency; all instants are UTC; days are local days of the programme's zone.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

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
    "refresh",
]
# The other side of every change of a balance; `internal` where value only changes its place within the account.
Contra = Literal["issuance", "clawback", "breakage", "redemption", "adjustment", "transfer", "internal"]
LotState = Literal["pending", "open", "spent", "expired", "taken_back", "cancelled", "transferred"]
HoldState = Literal["open", "captured", "released", "timed_out"]
RoundTo = Literal["day", "month", "quarter", "half_year", "year"]
CurrencyKind = Literal["points", "growth", "stored_value", "stamps"]

# Leaves room for thousands of the largest amounts in a 64-bit balance.
MAX_AMOUNT = 10**15


@dataclass(frozen=True)
class ExpiryPolicy:
    """When value ends: never; some time after the day of earning, rounded up to the end of a period; on the next of
    some fixed days of the year (`MM-DD`); or some time after the last of the chosen activities, all lots at once.
    """

    kind: Literal["none", "after", "on_dates", "inactivity"]
    years: int = 0
    months: int = 0
    days: int = 0
    round_to: RoundTo = "day"
    dates: tuple[str, ...] = ()
    # Kinds of entries, or names of activities, that start the time of inactivity anew.
    resets: tuple[str, ...] = ()


@dataclass(frozen=True)
class PendingPolicy:
    """When a credit can be used: at once; some days after it was earned; from a day on; or when an event comes."""

    kind: Literal["none", "days", "until", "event"] = "none"
    days: int = 0
    until: date | None = None
    event: str | None = None


@dataclass(frozen=True)
class NegativePolicy:
    """What a take-back does when too little is left: refuse (forgive the rest), debt up to a limit, or unlimited."""

    kind: Literal["refuse", "debt", "unlimited"]
    limit: int = 0


@dataclass(frozen=True)
class RestorePolicy:
    """Where used value goes when its use is reversed: into its original lots with their end; the same, with some days
    of grace for lots that have ended or end sooner; or into new lots that live as long as value earned today.
    """

    kind: Literal["original", "grace", "new"] = "original"
    days: int = 0


@dataclass(frozen=True)
class BalanceCap:
    """The most a member can own: a credit beyond it is cut (`truncate`) or refused (`reject`)."""

    amount: int
    mode: Literal["truncate", "reject"] = "truncate"


@dataclass(frozen=True)
class Currency:
    """One kind of value that members hold."""

    currency_id: int
    code: str
    expiry: ExpiryPolicy
    negative: NegativePolicy
    unit_cost_micro: int
    kind: CurrencyKind = "points"
    pending: PendingPolicy = PendingPolicy()
    restore: RestorePolicy = RestorePolicy()
    cap: BalanceCap | None = None
    # An adjustment of more than this needs a second person.
    approval_above: int | None = None


@dataclass(slots=True)
class Lot:
    """What one credit opened, and what is left of it. `expires_on` is the last local day on which it can be used."""

    lot_no: int
    opened_version: int
    amount: int
    remaining: int
    held: int
    state: LotState
    earned_on: date
    available_on: date | None
    matures_on: str | None
    expires_on: date | None
    unit_cost_micro: int
    funding: str | None
    rule_version_id: int | None
    origin_kind: str | None
    origin_id: int | None

    @property
    def free(self) -> int:
        """What remains and no hold has set aside."""
        return self.remaining - self.held

    @property
    def is_live(self) -> bool:
        """Whether it counts in the balance."""
        return self.state in {"open", "pending"}


@dataclass(slots=True)
class Hold:
    """Value set aside for one purpose. `parts`: how much of which lot, by lot number."""

    hold_no: int
    opened_version: int
    amount: int
    remaining: int
    state: HoldState
    expires_at: datetime | None
    origin_kind: str | None
    origin_id: int | None
    parts: dict[int, int] = field(default_factory=dict)


class Operation(NamedTuple):
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
    reason: str | None = None
    approved_by: str | None = None
    reverses_key: str | None = None
    counterpart_member_id: int | None = None
    # Written down even where it moved nothing, so that its key is known for ever.
    is_kept: bool = False


class Allocation(NamedTuple):
    """What an entry changed in one lot: its remaining, and the held part of it."""

    version: int
    lot_no: int
    amount: int
    held: int


class Entry(NamedTuple):
    """One line of an account, for ever. `explanation` is stored as the very text that the hash covers."""

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
    active_after: date | None
    rule_version_id: int | None
    hold_no: int | None
    reverses_version: int | None
    explanation: dict[str, Any]
    explanation_text: str
    previous_hash: bytes
    hash: bytes


@dataclass(slots=True)
class Account:
    """A working copy of one account with its live lots and open holds, and what this sitting adds to it.

    A copy for credits only is loaded without its lots (`has_lots` False): a credit needs none of them.
    """

    member_id: int
    currency: Currency
    zone: ZoneInfo
    version: int = 0
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    lot_count: int = 0
    hold_count: int = 0
    head_hash: bytes = FIRST_HASH
    # The last day of an activity that keeps value alive; None where the currency does not ask for it.
    active_on: date | None = None
    # When the next lot matures or ends or the next hold times out, or earlier: nothing is due before.
    due_at: datetime | None = None
    has_lots: bool = True
    lots: list[Lot] = field(default_factory=list)
    holds: dict[int, Hold] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    opened_lots: list[Lot] = field(default_factory=list)
    touched_lots: dict[int, Lot] = field(default_factory=dict)
    touched_holds: dict[int, Hold] = field(default_factory=dict)
    loaded_version: int = 0

    @property
    def balance(self) -> int:
        """What the member owns, less what the member owes."""
        return self.available + self.pending + self.held - self.debt

    @property
    def next_expiry(self) -> date | None:
        """The day on which the next value that can be used ends."""
        return min((lot.expires_on for lot in self.lots if lot.expires_on and lot.state == "open"), default=None)

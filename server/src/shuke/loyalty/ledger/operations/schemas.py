"""What operations take and answer over HTTP."""

from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Literal, get_args

import orjson
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from shuke.platform.problems import Problem

from ..acts import Act, Cancel, Capture, Credit, Mature, Refresh, Release, SetAside, Spend
from ..queries import Done
from ..rules import MAX_AMOUNT, EntryKind, Terms
from .adjusting import State

Amount = Annotated[int, Field(strict=True, ge=1, le=MAX_AMOUNT, examples=[20])]
MemberRef = Annotated[
    str, Field(min_length=1, max_length=200, description="An id, or a natural key such as phone:+86…")
]
CurrencyCode = Annotated[str, Field(min_length=1, max_length=40, examples=["points"])]
Reason = Annotated[
    str, Field(min_length=1, max_length=500, description="Why, in words; no personal data: kept for ever.")
]
Number = Annotated[int, Field(ge=1, le=2**31 - 1, examples=[1])]
Key = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
A_YEAR_OF_MINUTES = 366 * 24 * 60


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")

    def request_hash(self) -> bytes:
        """What makes two requests of one key the same: their kind and content, not the spelling of their JSON."""
        content = [type(self).__name__, self.model_dump(mode="json")]
        return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()


class AccountIn(_In):
    """One account, and the version the caller has seen, where it matters."""

    member: MemberRef
    currency: CurrencyCode
    if_version: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = None


class CreditIn(AccountIn):
    amount: Amount
    reason: Reason | None = None
    expires_on: date | None = None
    available_on: date | None = None
    matures_on: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    funding: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    def act(self) -> Act:
        """As the ledger wants it."""
        terms = Terms(
            expires_on=self.expires_on,
            available_on=self.available_on,
            matures_on=self.matures_on,
            funding=self.funding,
        )
        return Credit(amount=self.amount, terms=terms, reason=self.reason)


class DebitIn(AccountIn):
    amount: Amount
    keep_at_least: Annotated[int, Field(ge=0, le=MAX_AMOUNT)] = 0
    reason: Reason | None = None

    def act(self) -> Act:
        """As the ledger wants it."""
        return Spend(amount=self.amount, keep_at_least=self.keep_at_least, reason=self.reason)


class HoldIn(AccountIn):
    amount: Amount
    minutes: Annotated[int, Field(ge=1, le=A_YEAR_OF_MINUTES)] | None = None
    keep_at_least: Annotated[int, Field(ge=0, le=MAX_AMOUNT)] = 0
    reason: Reason | None = None

    def act(self) -> Act:
        """As the ledger wants it."""
        return SetAside(amount=self.amount, minutes=self.minutes, keep_at_least=self.keep_at_least, reason=self.reason)


class CaptureIn(AccountIn):
    hold_no: Number
    amount: Amount | None = None
    release_rest: bool = False
    reason: Reason | None = None

    def act(self) -> Act:
        """As the ledger wants it."""
        return Capture(hold_no=self.hold_no, amount=self.amount, release_rest=self.release_rest, reason=self.reason)


class ReleaseIn(AccountIn):
    hold_no: Number
    amount: Amount | None = None
    reason: Reason | None = None

    def act(self) -> Act:
        """As the ledger wants it."""
        return Release(hold_no=self.hold_no, amount=self.amount, reason=self.reason)


class MaturityIn(AccountIn):
    """One lot, or everything that waits for an event."""

    lot_no: Number | None = None
    event: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "MaturityIn":
        if (self.lot_no is None) == (self.event is None):
            raise ValueError("name either lot_no or event")
        return self

    def act(self) -> Act:
        """As the ledger wants it."""
        return Mature(lot_no=self.lot_no, event=self.event)


class CancellationIn(AccountIn):
    lot_no: Number
    amount: Amount | None = None
    reason: Reason | None = None

    def act(self) -> Act:
        """As the ledger wants it."""
        return Cancel(lot_no=self.lot_no, amount=self.amount, reason=self.reason)


class ActivityIn(AccountIn):
    activity: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]

    @field_validator("activity")
    @classmethod
    def _no_operation(cls, value: str) -> str:
        if value in _OPERATIONS:
            raise ValueError("this is the name of an operation; name what the member did")
        return value

    def act(self) -> Act:
        """As the ledger wants it."""
        return Refresh(kind=self.activity)


# Names that say what the ledger did; an activity is something that a member did elsewhere.
_OPERATIONS = {"credit", "debit", "merge", "undo_merge", "reverse", "order", "refund", "time_out", *get_args(EntryKind)}


class ReversalIn(AccountIn):
    operation: Annotated[str, Field(min_length=1, max_length=500)]
    amount: Amount | None = None
    reason: Reason


class TransferIn(_In):
    from_member: MemberRef
    to_member: MemberRef
    currency: CurrencyCode
    amount: Amount
    reason: Reason


class MergeIn(_In):
    from_member: MemberRef
    into_member: MemberRef
    reason: Reason


class MergeUndoIn(_In):
    member: Annotated[MemberRef, Field(description="Whose value the merge moved away.")]
    operation: Annotated[str, Field(min_length=1, max_length=500)]
    reason: Reason


class CreditItem(CreditIn):
    do: Literal["credit"]
    key: Key


class DebitItem(DebitIn):
    do: Literal["debit"]
    key: Key


class HoldItem(HoldIn):
    do: Literal["hold"]
    key: Key


class CaptureItem(CaptureIn):
    do: Literal["capture"]
    key: Key


class ReleaseItem(ReleaseIn):
    do: Literal["release"]
    key: Key


Item = Annotated[CreditItem | DebitItem | HoldItem | CaptureItem | ReleaseItem, Field(discriminator="do")]


class BatchIn(_In):
    """Up to 1,000 operations; each has a key of its own and is done or refused by itself."""

    items: Annotated[list[Item], Field(min_length=1, max_length=1_000)]


class DoneEntryOut(BaseModel):
    member_id: int
    currency: str
    version: int
    kind: EntryKind
    amount: int
    moved: int
    available_after: int
    pending_after: int
    held_after: int
    debt_after: int
    lot_no: int | None
    hold_no: int | None


class DoneOut(BaseModel):
    """What an operation did. No entries: there was nothing to do."""

    operation: str
    kind: str
    entries: list[DoneEntryOut]

    @classmethod
    def of(cls, done: Done) -> "DoneOut":
        """An operation as it is answered."""
        entries = [DoneEntryOut.model_construct(**entry._asdict()) for entry in done.entries]
        return cls.model_construct(operation=done.operation, kind=done.kind, entries=entries)


class BatchResultOut(BaseModel):
    index: int
    status: Literal["done", "replayed", "refused"]
    done: DoneOut | None = None
    error: Problem | None = None


class BatchOut(BaseModel):
    results: list[BatchResultOut]


class BalanceOut(BaseModel):
    """An account in one line."""

    member_id: int
    currency: str
    version: int
    available: int
    pending: int
    held: int
    debt: int
    balance: int
    due_at: datetime | None


class AdjustmentIn(AccountIn):
    amount: Annotated[int, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, description="Above zero gives, below zero takes.")]
    reason: Reason


class ApprovalIn(BaseModel):
    """`confirmation`: the amount, typed, where the one who asked is the only one who may approve."""

    model_config = ConfigDict(extra="forbid")

    confirmation: Annotated[str, Field(max_length=40)] | None = None


class RejectionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(min_length=1, max_length=500)]


class PersonOut(BaseModel):
    actor: str
    name: str | None


class AdjustmentOut(BaseModel):
    """An adjustment that needs, or needed, a second person."""

    id: int
    member_id: int
    member_name: str | None
    currency: str
    amount: int
    reason: str
    state: State
    requested_by: PersonOut
    requested_at: datetime
    decided_by: PersonOut | None
    decided_at: datetime | None
    note: str | None
    operation: str


class AdjustmentsOut(BaseModel):
    items: list[AdjustmentOut]
    next: str | None

"""What can be asked of an account, as values: each knows how to be decided on a working copy. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol

from . import rules
from .errors import DayOutOfRange
from .rules import Account, Entry, Operation, Posted, Terms

# Further ahead is a slip of the keyboard, not a promise.
_FURTHEST = timedelta(days=100 * 366)


class Act(Protocol):
    """One thing asked of one account."""

    @property
    def kind(self) -> str:
        """The operation's kind."""

    @property
    def needs_lots(self) -> bool:
        """Whether the account's lots must be loaded."""

    def decide(self, account: Account, operation: Operation) -> Entry | None:
        """Change the working copy, or raise a refusal and change nothing."""


def _why(reason: str | None, **facts: Any) -> dict[str, Any]:
    return {**({"reason": reason} if reason else {}), **facts}


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Give an amount."""

    kind: ClassVar[str] = "credit"
    needs_lots: ClassVar[bool] = False
    amount: int
    terms: Terms = rules.PLAIN
    reason: str | None = None

    def decide(self, account: Account, operation: Operation) -> Entry | None:
        """Raises BalanceCapReached and DayOutOfRange."""
        for day in (self.terms.expires_on, self.terms.available_on):
            if day is not None and not timedelta(0) <= day - operation.business_day <= _FURTHEST:
                raise DayOutOfRange(day=day.isoformat(), today=operation.business_day.isoformat())
        return rules.credit(account, operation, self.amount, terms=self.terms, explanation=_why(self.reason))


@dataclass(frozen=True, kw_only=True)
class Spend:
    """Use an amount."""

    kind: ClassVar[str] = "debit"
    needs_lots: ClassVar[bool] = True
    amount: int
    keep_at_least: int = 0
    reason: str | None = None

    def decide(self, account: Account, operation: Operation) -> Entry:
        """Raises NotEnough."""
        return rules.spend(
            account, operation, self.amount, keep_at_least=self.keep_at_least, explanation=_why(self.reason)
        )


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """Hold an amount, for some minutes or until it is captured or released."""

    kind: ClassVar[str] = "hold"
    needs_lots: ClassVar[bool] = True
    amount: int
    minutes: int | None = None
    keep_at_least: int = 0
    reason: str | None = None

    def decide(self, account: Account, operation: Operation) -> Entry:
        """Raises NotEnough."""
        until: datetime | None = None
        if self.minutes is not None:
            until = operation.occurred_at + timedelta(minutes=self.minutes)
        why = _why(self.reason)
        return rules.hold(
            account, operation, self.amount, until=until, keep_at_least=self.keep_at_least, explanation=why
        )


@dataclass(frozen=True, kw_only=True)
class Capture:
    """Use what is held, all of it or a part."""

    kind: ClassVar[str] = "capture"
    needs_lots: ClassVar[bool] = True
    hold_no: int
    amount: int | None = None
    release_rest: bool = False
    reason: str | None = None

    def decide(self, account: Account, operation: Operation) -> Entry:
        """Raises HoldClosed and HoldTooSmall."""
        why = _why(self.reason)
        return rules.capture(
            account, operation, self.hold_no, self.amount, release_rest=self.release_rest, explanation=why
        )


@dataclass(frozen=True, kw_only=True)
class Release:
    """Give what is held free again, all of it or a part."""

    kind: ClassVar[str] = "release"
    needs_lots: ClassVar[bool] = True
    hold_no: int
    amount: int | None = None
    reason: str | None = None

    def decide(self, account: Account, operation: Operation) -> Entry:
        """Raises HoldClosed and HoldTooSmall."""
        return rules.release(account, operation, self.hold_no, self.amount, explanation=_why(self.reason))


@dataclass(frozen=True, kw_only=True)
class Mature:
    """Make pending value usable: one lot, or all that wait for an event. Does nothing where nothing waits."""

    kind: ClassVar[str] = "mature"
    needs_lots: ClassVar[bool] = True
    lot_no: int | None = None
    event: str | None = None

    def decide(self, account: Account, operation: Operation) -> Entry | None:
        """None where nothing waits."""
        numbers = {
            lot.lot_no
            for lot in account.lots
            if lot.lot_no == self.lot_no or (self.event is not None and lot.matures_on == self.event)
        }
        return rules.mature(account, operation, numbers)


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """Cancel a pending lot, all of it or a part."""

    kind: ClassVar[str] = "cancel"
    needs_lots: ClassVar[bool] = True
    lot_no: int
    amount: int | None = None
    reason: str | None = None

    def decide(self, account: Account, operation: Operation) -> Entry:
        """Raises LotNotPending and NotEnough."""
        return rules.cancel(account, operation, self.lot_no, self.amount, explanation=_why(self.reason))


@dataclass(frozen=True, kw_only=True)
class Adjust:
    """Change a balance by hand, up or down, with a reason."""

    kind: ClassVar[str] = "adjust"
    needs_lots: ClassVar[bool] = True
    amount: int
    reason: str

    def decide(self, account: Account, operation: Operation) -> Entry | None:
        """Raises BalanceCapReached and NotEnough."""
        why = _why(self.reason)
        if self.amount > 0:
            return rules.credit(account, operation, self.amount, kind="adjust", explanation=why)
        return rules.adjust_down(account, operation, -self.amount, explanation=why)


@dataclass(frozen=True, kw_only=True)
class Refresh:
    """Note an activity that keeps value alive. The operation's kind is the activity's name."""

    needs_lots: ClassVar[bool] = True
    kind: str

    def decide(self, account: Account, operation: Operation) -> Entry | None:
        """None where the currency does not ask for activities, or not for this one."""
        policy = account.currency.expiry
        if policy.kind != "inactivity" or self.kind not in policy.resets:
            return None
        return rules.refresh(account, operation)


@dataclass(frozen=True, kw_only=True)
class Reverse:
    """Reverse an entry of the past, all that is left of it or a part. Transfers are reversed elsewhere."""

    kind: ClassVar[str] = "reverse"
    needs_lots: ClassVar[bool] = True
    posted: Posted
    operation_key: str
    amount: int | None = None
    reason: str

    def decide(self, account: Account, operation: Operation) -> Entry | None:
        """Raises ReversalOfReversal, NotReversible and AlreadyReversed."""
        facts: Mapping[str, Any] = {"operation": self.operation_key, "amount": self.posted.amount}
        posted = self.posted.bound_to(account)
        return rules.reverse(account, operation, posted, self.amount, explanation=_why(self.reason, **facts))

"""What an activity does to a member's book, and what cancelling it undoes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from shuke.loyalty import earning, ledger, tiers

from ..rules import Book, Document, Programme
from ..rules.giving import credit, judge_level
from ..rules.judging import facts as facts_of
from . import facts
from .model import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityAward:
    """What one rule version gave in one currency, and what it would have given without caps and budgets."""

    version: earning.RuleVersion
    currency: str
    entitled: int
    awarded: int


@dataclass(slots=True)
class ActivityOutcome:
    """What an activity gave; and of rules that gave nothing, why."""

    awards: list[ActivityAward] = field(default_factory=list)
    effects: list[earning.Effect] = field(default_factory=list)
    passed_over: list[dict[str, Any]] = field(default_factory=list)

    @property
    def earned(self) -> dict[str, int]:
        """The sums by currency."""
        sums: dict[str, int] = {}
        for award in self.awards:
            sums[award.currency] = sums.get(award.currency, 0) + award.awarded
        return sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """An activity that turned out not to count: whose it was, what it gave, who says so when."""

    happened: Happened
    awards: tuple[ActivityAward, ...]
    at: datetime
    business_day: date
    actor: str


def apply_activity(book: Book, programme: Programme, happened: Happened, recorded_at: datetime) -> ActivityOutcome:
    """Apply an activity to the member's book. Bring the book forward to its instant before."""
    outcome = ActivityOutcome()
    operation = _operation(happened, recorded_at)
    versions = earning.in_force(programme.rule_versions, happened.occurred_at)
    decision = earning.decide(versions, _subject(book, programme, happened), book.room)
    for grant in decision.grants:
        awarded = credit(book, operation, grant)
        outcome.awards.append(
            ActivityAward(version=grant.version, currency=grant.currency, entitled=grant.entitled, awarded=awarded)
        )
    outcome.effects = decision.effects
    outcome.passed_over = decision.passed_over
    _keep_alive(book, operation, outcome.earned)
    book.operations.append(operation)
    _judge(
        book,
        programme,
        _measure(book, programme.scheme, happened, outcome.earned, sign=1),
        happened.occurred_at,
        "activity",
    )
    return outcome


def take_back(book: Book, programme: Programme, undone: Undone, recorded_at: datetime) -> dict[str, int]:
    """Take back what an activity gave, from its own lots first, and give back the room it used.

    The answer is what was taken by currency, what became debt included.
    """
    happened = undone.happened
    operation = ledger.Operation(
        key=f"cancel:{_key(happened)}",
        kind="cancel_activity",
        occurred_at=undone.at,
        business_day=undone.business_day,
        recorded_at=recorded_at,
        actor=undone.actor,
        request_hash=_hash(happened),
        origin_kind="activity",
        origin_id=happened.activity_id,
        reverses_key=_key(happened),
    )
    given: dict[str, int] = {}
    for award in undone.awards:
        given[award.currency] = given.get(award.currency, 0) + award.awarded
        book.room.give_back(
            award.version, award.currency, book.member_id, happened.business_day, award.awarded, is_whole=True
        )
    taken: dict[str, int] = {}
    for currency in sorted(given):
        if given[currency]:
            entry = _take_one(book.accounts[currency], operation, happened, given[currency])
            taken[currency] = -entry.amount if entry else 0
    book.operations.append(operation)
    _judge(book, programme, _measure(book, programme.scheme, happened, given, sign=-1), undone.at, "refund")
    return taken


def _take_one(
    account: ledger.Account, operation: ledger.Operation, happened: Happened, amount: int
) -> ledger.Entry | None:
    own_lots = [
        lot.lot_no for lot in account.lots if lot.origin_kind == "activity" and lot.origin_id == happened.activity_id
    ]
    explanation = {"operation": _key(happened)}
    return ledger.take_back(account, operation, amount, own_lots=own_lots, origin_ids=(), explanation=explanation)


def _keep_alive(book: Book, operation: ledger.Operation, earned: Mapping[str, int]) -> None:
    """Value that ends by inactivity lives on where its policy names this kind of activity."""
    for currency, account in book.accounts.items():
        if not earned.get(currency):
            ledger.Refresh(kind=operation.kind).decide(account, operation)


def _measure(
    book: Book, scheme: tiers.Scheme | None, happened: Happened, earned: Mapping[str, int], *, sign: int
) -> set[tiers.Metric]:
    """Count what tiers may go by, in the activity's own day. Answers what there was."""
    if scheme is None:
        return set()
    counted: dict[tiers.Metric, int] = {
        metric: amount for currency, amount in earned.items() for metric in tiers.metrics_of(scheme, currency)
    }
    counted["visits"] = 1 if happened.kind == "check_in" else 0
    for metric, amount in counted.items():
        if amount:
            book.measures.add(metric, happened.business_day, sign * amount)
    return {metric for metric, amount in counted.items() if amount}


def _judge(book: Book, programme: Programme, moved: set[tiers.Metric], at: datetime, cause: tiers.Cause) -> None:
    scheme = programme.scheme
    if scheme is None or not moved & scheme.metrics:
        return
    judge_level(book, programme, at, cause)


def _subject(book: Book, programme: Programme, happened: Happened) -> earning.Subject:
    return earning.Subject(
        activity=happened.kind,
        member_id=book.member_id,
        at=happened.occurred_at,
        day=happened.business_day,
        zone=programme.zone,
        money=programme.money,
        facts={**facts_of(book, programme, document(happened)), **facts.values(happened, programme.needs)},
        event=happened.event,
        payload=happened.payload,
    )


def document(happened: Happened) -> Document:
    """An activity as a sale of nothing: what books are loaded for, room is locked for and facts are asked of."""
    return Document(
        order_id=happened.activity_id,
        kind="sale",
        source=happened.source,
        number=happened.key,
        placed_at=happened.occurred_at,
        business_day=happened.business_day,
        content_hash=_hash(happened),
        actor=happened.actor,
        lines=(),
    )


def _operation(happened: Happened, recorded_at: datetime) -> ledger.Operation:
    return ledger.Operation(
        key=_key(happened),
        kind=happened.kind,
        occurred_at=happened.occurred_at,
        business_day=happened.business_day,
        recorded_at=recorded_at,
        actor=happened.actor,
        request_hash=_hash(happened),
        origin_kind="activity",
        origin_id=happened.activity_id,
    )


def _key(happened: Happened) -> str:
    return f"activity:{happened.source}:{happened.key}"


def _hash(happened: Happened) -> bytes:
    # The key alone: entries stay for ever, and a hash of what came with it could be guessed.
    return sha256(_key(happened).encode()).digest()

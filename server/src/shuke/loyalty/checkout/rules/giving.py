"""What orders, refunds and activities have in common: giving what rules give, counting it, judging the level."""

from datetime import date, datetime

from shuke.loyalty import earning, ledger, tiers

from .model import Book, Programme


def credit(book: Book, operation: ledger.Operation, grant: earning.Grant) -> int:
    """Give what a rule gives; answers how much of it a cap on balances let through. Its rule keeps room for the rest.

    What happened cannot be refused: a cap cuts, and nothing more than was given is ever taken back.
    """
    entry = ledger.credit(
        book.accounts[grant.currency],
        operation,
        grant.amount,
        terms=ledger.Terms(rule_version_id=grant.version.rule_version_id),
        may_refuse=False,
        explanation=grant.explanation,
    )
    given = entry.amount if entry else 0
    if given < grant.amount:
        cut = grant.amount - given
        day = operation.business_day
        book.room.give_back(grant.version, grant.currency, book.member_id, day, cut, is_whole=not given)
    return given


def count_value(book: Book, programme: Programme, currency: str, day: date, amount: int) -> None:
    """Count what was earned or taken back of value, for a scheme that goes by it."""
    if not amount or programme.scheme is None:
        return
    for metric in tiers.metrics_of(programme.scheme, currency):
        book.measures.add(metric, day, amount)


def judge_level(book: Book, programme: Programme, at: datetime, cause: tiers.Cause) -> None:
    """Judge what an order, a refund or an activity has changed.

    What arrives late counts in its own days, but levels are judged at the latest order known: a late one neither hides
    newer spending nor pulls a level's validity into the past.
    """
    if programme.scheme is None:
        return
    latest = max(at, book.counters.last_order_at or at)
    tiers.judge_change(book.standing, programme.scheme, book.measures, latest, programme.zone, cause)

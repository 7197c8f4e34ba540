"""The fold: one document after the other, in the order of business time."""

from datetime import datetime

from shuke.loyalty import ledger, tiers
from shuke.platform import clock
from shuke.platform.actor import SYSTEM

from .model import Book, Document, Programme
from .outcome import Outcome
from .refunding import apply_refund
from .selling import apply_sale


def bring_forward(book: Book, programme: Programme, until: datetime, recorded_at: datetime) -> int:
    """Do what has come due by an instant: lots expire, levels are judged again. Returns the points expired."""
    expired = 0
    for account in book.accounts.values():
        before = account.balance
        book.operations += ledger.bring_forward(account, until, recorded_at)
        if account.currency.code == "points":
            expired += before - account.balance
    if programme.scheme is not None:
        tiers.judge_due(book.standing, programme.scheme, book.measures, until, programme.zone)
        _deduct(book, programme, programme.scheme, recorded_at)
    return expired


def _deduct(book: Book, programme: Programme, scheme: tiers.Scheme, recorded_at: datetime) -> None:
    """Take from accounts what levels that were judged again cost."""
    for deduction in book.standing.deductions:
        currency = tiers.currency_of(scheme, deduction.metric)
        if currency is None:
            continue
        operation = ledger.Operation(
            key=f"tier:{scheme.code}:{deduction.change_no}",
            kind="tier_deduction",
            occurred_at=deduction.at,
            business_day=clock.business_day(deduction.at, programme.zone),
            recorded_at=recorded_at,
            actor=SYSTEM.name,
            request_hash=b"",
            origin_kind="tier",
            origin_id=deduction.change_no,
        )
        explanation = {"scheme": scheme.code, "change_no": deduction.change_no}
        ledger.take_back(book.accounts[currency], operation, deduction.amount, explanation=explanation)
        book.operations.append(operation)
    book.standing.deductions.clear()


def apply(book: Book, programme: Programme, document: Document, recorded_at: datetime) -> Outcome:
    """Apply a document to the member's book. Bring the book forward to the document's instant before."""
    if document.kind == "sale":
        return apply_sale(book, programme, document, recorded_at)
    if document.kind == "refund":
        return apply_refund(book, programme, document, recorded_at)
    return Outcome()

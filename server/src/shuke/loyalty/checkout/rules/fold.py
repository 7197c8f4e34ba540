"""The fold: one document after the other, in the order of business time."""

from datetime import datetime

from shuke.loyalty import ledger, tiers

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
    return expired


def apply(book: Book, programme: Programme, document: Document, recorded_at: datetime) -> Outcome:
    """Apply a document to the member's book. Bring the book forward to the document's instant before."""
    if document.kind == "sale":
        return apply_sale(book, programme, document, recorded_at)
    if document.kind == "refund":
        return apply_refund(book, programme, document, recorded_at)
    return Outcome()

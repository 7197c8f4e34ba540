"""A document that came before with some rows handed back, and comes again with them mended.

What is stored stays as it is. The lines that are missing arrive as a document of their own, under the number with `/2`
(then `/3` …), so that a mended file can simply be imported again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from shuke.commerce import orders
from shuke.platform.db import Session

from ..actions import Batch, Incoming
from ..rules import Payments

_MOST = 9


@dataclass
class Completed:
    """Documents that complete earlier ones: what is missing, the numbers concerned, and how many lines are here."""

    missing: list[Incoming] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    lines_here: int = 0


async def find(session: Session, source: str, incoming: Sequence[Incoming], batch: Batch) -> Completed:
    """Of the documents whose numbers are taken, those that hold all that is stored, and perhaps more."""
    taken = [document for document in incoming if batch.recorded[document.number].state == "taken"]
    if not taken:
        return Completed()
    source_id = await orders.ensure_source(session, source)
    names = [name for document in taken for name in _names(document.number)]
    stored = await orders.find_documents(session, source_id, names)
    completed = Completed()
    for document in taken:
        _complete(document, stored, completed)
    return completed


def _names(number: str) -> list[str]:
    return [number, *(f"{number}/{part}" for part in range(2, _MOST + 1))]


def _complete(document: Incoming, stored: dict[str, orders.StoredDocument], completed: Completed) -> None:
    here = [stored[name] for name in _names(document.number) if name in stored]
    if len(here) == _MOST or any(_differs(document, found) for found in here):
        return
    known = Counter(line for found in here for line in found.lines)
    missing = []
    for line in document.lines:
        content = (line.product_id, line.quantity, line.unit_price, line.amount_minor)
        if known[content]:
            known[content] -= 1
        else:
            missing.append(line)
    if known.total():
        return
    completed.numbers.add(document.number)
    completed.lines_here += len(document.lines) - len(missing)
    if missing:
        lines = tuple(replace(line, line_no=place) for place, line in enumerate(missing, start=1))
        number = f"{document.number}/{len(here) + 1}"
        payments = Payments(
            points_minor=sum(line.points_minor for line in lines), coupon_minor=sum(line.coupon_minor for line in lines)
        )
        completed.missing.append(replace(document, number=number, lines=lines, payments=payments))


def _differs(document: Incoming, found: orders.StoredDocument) -> bool:
    return (document.member_id, document.kind, document.placed_at, document.store_id) != (
        found.member_id,
        found.kind,
        found.placed_at,
        found.store_id,
    )

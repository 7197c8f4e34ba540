"""Which order line does a refund line belong to?

A refund that names its order is matched within that order. One that names none belongs to the latest earlier order
of the same member with the same product at the same price and quantity left, then to the latest with the same
product at any price; what finds no place is unmatched. A line may so be split into parts.
"""

from decimal import Decimal

from shuke.platform.money import share_left

from .asking import note_taken
from .model import Book, Document, How, Line, OpenLine, Part


def match(book: Book, document: Document) -> list[Part]:
    """Match every line of a refund, lowering what is left of the order lines it takes from."""
    parts: list[Part] = []
    for line in document.lines:
        parts.extend(_match_line(book, document, line))
    return parts


def _match_line(book: Book, document: Document, line: Line) -> list[Part]:
    wanted = -line.quantity
    parts: list[Part] = []
    for how, candidate in _candidates(book, document, line):
        if wanted <= 0:
            break
        if candidate.left > 0:
            quantity = min(candidate.left, wanted)
            amount_minor = _take(book, candidate, quantity)
            parts.append(Part(line.line_no, len(parts) + 1, how, quantity, amount_minor, candidate.is_goods, candidate))
            wanted -= quantity
    if wanted > 0 or not parts:
        # The unmatched rest carries its share of the refund's own money.
        amount_minor = share_left(-line.amount_minor, wanted, -line.quantity) if parts else -line.amount_minor
        parts.append(Part(line.line_no, len(parts) + 1, "unmatched", wanted, amount_minor, line.is_goods, None))
    return parts


def _candidates(book: Book, document: Document, line: Line) -> list[tuple[How, OpenLine]]:
    if document.refund_of is not None:
        # Tills' clocks differ: whoever names the order is right, whatever the times say.
        own = [one for one in book.lines.get(line.product_id, ()) if one.order.order_id == document.refund_of]
        same = [candidate for candidate in own if candidate.unit_price == line.unit_price]
        return [("named", candidate) for candidate in same + [one for one in own if one not in same]]
    # Nothing can be given back before it was bought.
    lines = [one for one in book.lines.get(line.product_id, ()) if one.order.placed_at <= document.placed_at]
    latest_first = lines[::-1]
    same_price: list[tuple[How, OpenLine]] = [
        ("same_price", candidate) for candidate in latest_first if candidate.unit_price == line.unit_price
    ]
    return same_price + [
        ("same_product", candidate) for candidate in latest_first if candidate.unit_price != line.unit_price
    ]


def _take(book: Book, line: OpenLine, quantity: Decimal) -> int:
    amount_minor = line.take(quantity)
    note_taken(book, line, quantity, amount_minor)
    return amount_minor

"""What a refund of a named order asks for: lines, quantities, an amount, or all that is left."""

from decimal import Decimal

from shuke.platform.money import share_left

from ..errors import RefundAmountDiffers, RefundExceedsOrder
from . import judging
from .model import Ask, Asked, Book, Document, How, Line, OpenLine, OpenOrder, Part

_NOTHING = Decimal(0)


def take_asked(book: Book, document: Document, ask: Ask) -> tuple[list[Part], tuple[Line, ...]]:
    """Take what is asked for from the order's lines; answers the parts, and the refund's own lines made of them.

    Raises RefundExceedsOrder and RefundAmountDiffers; the book is then not to be used any more.
    """
    order = book.orders.get(document.refund_of or 0)
    lines = order.lines if order else []
    if order is None or not any(line.left > 0 for line in lines):
        raise RefundExceedsOrder(product="*", number=document.refund_of_number or "")
    if ask.is_whole:
        taken = [(line, line.left, line.take(line.left)) for line in lines if line.left > 0]
        taken += _rest(lines[0], order.left_minor - sum(amount for _, _, amount in taken))
    elif ask.amount_minor is not None:
        taken = _take_amount(order, ask.amount_minor)
    else:
        taken = [one for asked in ask.lines for one in _take_line(order, asked)]
    return _written(book, order, taken)


# An order line, the quantity taken of it, the amount that went with it.
_Taken = tuple[OpenLine, Decimal, int]


def _rest(line: OpenLine, amount_minor: int) -> list[_Taken]:
    """What an order has beside its open lines: nothing, but for lines below zero that came with it."""
    return [(line, _NOTHING, amount_minor)] if amount_minor else []


def _take_amount(order: OpenOrder, amount_minor: int) -> list[_Taken]:
    """Spread an amount over the goods by their value, over everything where the goods are not enough."""
    goods = [line for line in order.lines if line.is_goods and line.value_left]
    lines = goods if sum(line.value_left for line in goods) >= amount_minor else order.lines
    total = sum(line.value_left for line in lines)
    # Lines below zero, such as a discount, make an order worth less than the lines that can be taken from.
    if amount_minor > min(total, order.left_minor):
        raise RefundExceedsOrder(product="*", number=order.number)
    taken: list[_Taken] = []
    behind = 0
    for line in lines:
        before = share_left(amount_minor, Decimal(behind), Decimal(total))
        behind += line.value_left
        part = share_left(amount_minor, Decimal(behind), Decimal(total)) - before
        if part:
            line.reduced_minor += part
            taken.append((line, _NOTHING, part))
    return taken


def _take_line(order: OpenOrder, asked: Asked) -> list[_Taken]:
    lines = [line for line in order.lines if _is_meant(line, asked) and line.left > 0]
    name = str(asked.line_no or asked.product_id)
    if asked.quantity is None:
        return _reduce(order, lines, asked.amount_minor or 0, name)
    if asked.quantity > sum((line.left for line in lines), start=_NOTHING):
        raise RefundExceedsOrder(product=name, number=order.number)
    taken: list[_Taken] = []
    wanted = asked.quantity
    for line in lines:
        quantity = min(wanted, line.left)
        if quantity > 0:
            taken.append((line, quantity, line.take(quantity)))
            wanted -= quantity
    expected = sum(amount for _, _, amount in taken)
    # A minor unit for each part: shares of a line are rounded.
    if asked.amount_minor is not None and abs(expected - asked.amount_minor) > len(taken):
        raise RefundAmountDiffers(product=name, expected=expected, found=asked.amount_minor)
    return taken


def _reduce(order: OpenOrder, lines: list[OpenLine], amount_minor: int, name: str) -> list[_Taken]:
    taken: list[_Taken] = []
    left = amount_minor
    for line in lines:
        part = min(left, line.value_left)
        if part:
            line.reduced_minor += part
            taken.append((line, _NOTHING, part))
            left -= part
    if left:
        raise RefundExceedsOrder(product=name, number=order.number)
    return taken


def _is_meant(line: OpenLine, asked: Asked) -> bool:
    return line.line_no == asked.line_no if asked.line_no is not None else line.product_id == asked.product_id


def _written(book: Book, order: OpenOrder, taken: list[_Taken]) -> tuple[list[Part], tuple[Line, ...]]:
    parts, lines = [], []
    for place, (line, quantity, amount_minor) in enumerate(taken, start=1):
        note_taken(book, line, quantity, amount_minor)
        how: How = "named" if quantity else "amount"
        parts.append(Part(place, 1, how, quantity, amount_minor, line.is_goods, line))
        lines.append(Line(place, line.product_id, line.is_goods, -quantity, line.unit_price, -amount_minor))
    return parts, tuple(lines)


def note_taken(book: Book, line: OpenLine, quantity: Decimal, amount_minor: int) -> None:
    """Note on the order and in the book what has been taken from one of its lines."""
    order = line.order
    order.quantity_left -= quantity
    order.refunded_minor += amount_minor
    if line.is_goods:
        order.goods_refunded_minor += amount_minor
    judging.note_bought(book, line, -quantity, -amount_minor)
    book.refunded_orders.add(order.order_id)
    book.refunded_lines[order.order_id, line.line_no] = line

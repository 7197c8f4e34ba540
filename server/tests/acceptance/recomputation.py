"""Points of the Online Retail history, computed again from the file alone: nothing of the program is used here.

The rule: 1 point for each whole pound of an order's goods. A cancellation line belongs to the latest earlier order of
the same customer with the same product and price that has quantity left, then to the latest with the same product; what
finds none takes back the whole pounds of its own value, per document. An order that loses lines keeps the whole pounds
of what remains.
"""

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

NOT_GOODS = {"POST", "DOT", "C2", "BANK CHARGES", "AMAZONFEE", "CRUK"}


@dataclass
class Sold:
    order: "Order"
    price: Decimal
    quantity: int
    left: int
    pence: int

    def pence_left(self) -> int:
        return int((Decimal(self.pence) * self.left / self.quantity).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass
class Order:
    earned: int = 0
    taken: int = 0
    lines: list[Sold] = field(default_factory=list)


def points_by_customer(path: Path) -> dict[str, tuple[int, int]]:
    """Customer number → (points earned, points taken back)."""
    documents: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["CustomerID"]:
                documents[row["CustomerID"], row["InvoiceNo"]].append(row)
    by_customer = defaultdict(list)
    for (customer, number), rows in documents.items():
        placed_at = min(row["InvoiceDate"] for row in rows)
        by_customer[customer].append((placed_at, number.startswith("C"), number, rows))
    return {customer: _customer(sorted(found, key=lambda item: item[:3])) for customer, found in by_customer.items()}


def _customer(documents: list[tuple[str, bool, str, list[dict[str, str]]]]) -> tuple[int, int]:
    sold: dict[str, list[Sold]] = defaultdict(list)
    earned = taken = 0
    for _, is_refund, _, rows in documents:
        if is_refund:
            taken += _refund(sold, rows)
        else:
            earned += _sale(sold, rows)
    return earned, taken


def _pence(row: dict[str, str]) -> int:
    return int((int(row["Quantity"]) * Decimal(row["UnitPrice"]) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _sale(sold: dict[str, list[Sold]], rows: list[dict[str, str]]) -> int:
    order = Order()
    goods = 0
    for row in rows:
        code, quantity, pence = row["StockCode"].strip(), int(row["Quantity"]), _pence(row)
        line = Sold(order, Decimal(row["UnitPrice"]), quantity, quantity, pence)
        sold[code].append(line)
        if code not in NOT_GOODS:
            goods += pence
            order.lines.append(line)
    order.earned = max(goods, 0) // 100
    return order.earned


def _refund(sold: dict[str, list[Sold]], rows: list[dict[str, str]]) -> int:
    unmatched = Decimal(0)
    touched: list[Order] = []
    for row in rows:
        code, wanted = row["StockCode"].strip(), -int(row["Quantity"])
        price, whole = Decimal(row["UnitPrice"]), wanted
        latest = sold[code][::-1]
        for line in [one for one in latest if one.price == price] + [one for one in latest if one.price != price]:
            part = min(line.left, wanted)
            if part:
                line.left -= part
                wanted -= part
                touched.append(line.order)
        if wanted and code not in NOT_GOODS:
            unmatched += (Decimal(-_pence(row)) * wanted / whole).quantize(Decimal(1), ROUND_HALF_UP)
    taken = int(unmatched) // 100
    for order in {id(order): order for order in touched}.values():
        kept = max(sum(line.pence_left() for line in order.lines), 0) // 100
        back = order.earned - order.taken - kept
        order.taken += back
        taken += back
    return taken

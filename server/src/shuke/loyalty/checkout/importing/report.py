"""What an import did, counted chunk by chunk in the transaction of the chunk, so that a resumed run counts exactly."""

from collections import Counter
from collections.abc import Mapping as AnyMapping
from typing import Any

from ..actions import Batch, Incoming

_SUMS = (
    "lines_read",
    "lines_imported",
    "lines_unchanged",
    "lines_rejected",
    "lines_later",
    "orders",
    "refunds",
    "adjustments",
    "guest_sales",
    "members_new",
    "products_new",
    "points_earned",
    "points_taken_back",
    "points_expired",
    "total_amount_minor",
    "returns_read",
    "returns_new",
    "returns_unchanged",
    "returns_with_candidates",
    "milliseconds",
)
_HOW = ("same_price", "same_product", "named", "unmatched", "guest")


def empty(currency: str) -> dict[str, Any]:
    """A report of nothing yet."""
    return {**dict.fromkeys(_SUMS, 0), "refund_lines": dict.fromkeys(_HOW, 0), "currency": currency}


def add(report: dict[str, Any], more: AnyMapping[str, int], refund_lines: AnyMapping[str, int]) -> dict[str, Any]:
    """The report with more counted."""
    sums = {name: report.get(name, 0) + more.get(name, 0) for name in _SUMS}
    how = {name: report["refund_lines"][name] + refund_lines.get(name, 0) for name in _HOW}
    return {**report, **sums, "refund_lines": how}


def of_batch(batch: Batch, incoming: list[Incoming]) -> tuple[Counter[str], Counter[str]]:
    """What a batch did: sums, and refund lines by how they were matched (a split line counts by its last part)."""
    sums: Counter[str] = Counter(points_expired=batch.points_expired)
    how: Counter[str] = Counter()
    for document in incoming:
        recorded = batch.recorded[document.number]
        if recorded.state == "unchanged":
            sums["lines_unchanged"] += len(document.lines)
        if recorded.state != "new":
            continue
        sums["lines_imported"] += len(document.lines)
        sums["total_amount_minor"] += sum(line.amount_minor for line in document.lines)
        sums[{"sale": "orders", "refund": "refunds", "adjustment": "adjustments"}[document.kind]] += 1
        sums["guest_sales"] += document.kind == "sale" and not document.member_id
        sums["points_earned"] += recorded.outcome.earned.get("points", 0)
        sums["points_taken_back"] += recorded.outcome.taken_back.get("points", 0)
        if document.kind == "refund" and not document.member_id:
            how["guest"] += len(document.lines)
        how.update({part.line_no: part.how for part in recorded.outcome.parts}.values())
    return sums, how

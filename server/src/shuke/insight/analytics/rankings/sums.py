"""What a batch of events adds to the rankings. Pure: events in, additions out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.events import StoredEvent

# Day, store and employee (0: none named), currency.
Place = tuple[date, int, int, str]


@dataclass(slots=True)
class RankSums:
    """Additions to the documents of one day, store and employee."""

    orders: int = 0
    refunds: int = 0
    paid_minor: int = 0
    refunded_minor: int = 0
    member_orders: int = 0
    first_orders: int = 0


@dataclass(frozen=True, slots=True)
class First:
    """A member's first order: when (the smaller id among equals), and whose it was."""

    at: datetime
    order_id: int
    place: Place


@dataclass(slots=True)
class RankBatch:
    """Additions of a batch, and the first order of each member within it."""

    days: dict[Place, RankSums] = field(default_factory=dict)
    firsts: dict[int, First] = field(default_factory=dict)
    joined: Counter[tuple[date, int, int]] = field(default_factory=Counter)

    def at(self, place: Place) -> RankSums:
        """The additions of a place."""
        return self.days.setdefault(place, RankSums())


def add_ranks(events: Iterable[StoredEvent], zone: ZoneInfo) -> RankBatch:
    """What orders, refunds and new members add."""
    batch = RankBatch()
    for event in events:
        body = event.body
        store_id, employee_id = body["store_id"] or 0, body.get("employee_id") or 0
        if event.name == "member.joined":
            batch.joined[clock.business_day(event.occurred_at, zone), store_id, employee_id] += 1
            continue
        place = (date.fromisoformat(body["business_day"]), store_id, employee_id, body["currency"])
        sums = batch.at(place)
        if event.name == "order.refunded":
            sums.refunds += 1
            sums.refunded_minor += body["gross_minor"]
            continue
        sums.orders += 1
        sums.paid_minor += body["gross_minor"]
        if event.member_id:
            sums.member_orders += 1
            _meet(batch.firsts, event.member_id, First(event.occurred_at, body["order_id"], place))
    return batch


def correct_firsts(batch: RankBatch, known: Mapping[int, First]) -> dict[int, First]:
    """The members whose first order is another than was known, and the corrections in the batch's sums.

    So it does not matter in which order orders become known.
    """
    changed = {}
    for member_id, found in batch.firsts.items():
        before = known.get(member_id)
        if before is not None and (before.at, before.order_id) <= (found.at, found.order_id):
            continue
        if before is not None:
            batch.at(before.place).first_orders -= 1
        batch.at(found.place).first_orders += 1
        changed[member_id] = found
    return changed


def _meet(firsts: dict[int, First], member_id: int, found: First) -> None:
    known = firsts.get(member_id)
    if known is None or (found.at, found.order_id) < (known.at, known.order_id):
        firsts[member_id] = found

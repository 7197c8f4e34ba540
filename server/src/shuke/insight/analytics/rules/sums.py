"""What a batch of events adds to the sums. Pure: events in, additions out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shuke.platform import clock
from shuke.platform.events import StoredEvent

# Which sum an entry of a balance goes into; whatever has no name of its own here is `other`.
_BALANCE_SUMS = {
    "balance.credited": "issued",
    "balance.taken_back": "taken_back",
    "balance.expired": "expired",
    # What is given back was not used after all: the two together say what was.
    "balance.used": "used",
    "balance.restored": "used",
}

# Two who turn out to be one are one member fewer, until they are two again.
_MERGES = {"member.merged": 1, "member.parted": -1}

# A member of one of these states is no member any more.
_GONE = {"cancelled", "erased"}


@dataclass(slots=True)
class StoreSums:
    """Additions to one store's day."""

    orders: int = 0
    refunds: int = 0
    adjustments: int = 0
    paid_minor: int = 0
    refunded_minor: int = 0
    adjusted_minor: int = 0
    member_orders: int = 0
    member_paid_minor: int = 0
    member_refunded_minor: int = 0


@dataclass(slots=True)
class MemberSums:
    """Additions to one member's purchases."""

    order_count: int = 0
    paid_minor: int = 0
    refunded_minor: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(slots=True)
class SalesSums:
    """Additions of a batch of orders, refunds and adjustments."""

    stores: dict[tuple[date, int, str], StoreSums] = field(default_factory=dict)
    members: dict[int, MemberSums] = field(default_factory=dict)
    purchase_days: Counter[tuple[int, date]] = field(default_factory=Counter)


@dataclass(slots=True)
class JoinedSums:
    """Additions to one day of joining and leaving."""

    joined: int = 0
    left: int = 0


@dataclass(slots=True)
class BalanceSums:
    """Additions to one loyalty currency's day, signed as the entries are."""

    issued: int = 0
    taken_back: int = 0
    expired: int = 0
    used: int = 0
    other: int = 0


def add_sales(events: Iterable[StoredEvent], *, currency: str, roots: Mapping[int, int]) -> SalesSums:
    """What orders, refunds and adjustments add. A member's amounts are those in the shop's currency.

    `roots`: who members are counted as who were merged into somebody else.
    """
    sums = SalesSums()
    for event in events:
        body = event.body
        day = date.fromisoformat(body["business_day"])
        store = sums.stores.setdefault((day, body["store_id"] or 0, body["currency"]), StoreSums())
        own_minor = body["gross_minor"] if body["currency"] == currency else 0
        member_id = roots.get(event.member_id, event.member_id)
        if event.name == "order.paid":
            _add_order(store, event)
            if member_id:
                _add_purchase(sums.members.setdefault(member_id, MemberSums()), event, own_minor)
                sums.purchase_days[member_id, day] += 1
        elif event.name == "order.refunded":
            _add_refund(store, event)
            if member_id:
                sums.members.setdefault(member_id, MemberSums()).refunded_minor += own_minor
        else:
            store.adjustments += 1
            store.adjusted_minor += body["gross_minor"]
    return sums


def add_balances(events: Iterable[StoredEvent]) -> dict[tuple[date, str], BalanceSums]:
    """What entries of the ledger add, by day and loyalty currency."""
    sums: dict[tuple[date, str], BalanceSums] = {}
    for event in events:
        day = sums.setdefault((date.fromisoformat(event.body["business_day"]), event.body["currency"]), BalanceSums())
        name = _BALANCE_SUMS.get(event.name, "other")
        setattr(day, name, getattr(day, name) + event.body["amount"])
    return sums


def add_members(events: Iterable[StoredEvent], zone: ZoneInfo) -> dict[date, JoinedSums]:
    """How many members joined and left, by local day."""
    sums: dict[date, JoinedSums] = {}
    for event in events:
        day = sums.setdefault(clock.business_day(event.occurred_at, zone), JoinedSums())
        if event.name == "member.joined":
            day.joined += 1
        elif event.name in _MERGES:
            day.left += _MERGES[event.name]
        else:
            day.left += (event.body["after"] in _GONE) - (event.body["before"] in _GONE)
    return sums


def add_levels(events: Iterable[StoredEvent]) -> Counter[tuple[str, str]]:
    """How the number of members of each level changes, by scheme and level."""
    sums: Counter[tuple[str, str]] = Counter()
    for event in events:
        body = event.body
        if body["to_level"] is not None:
            sums[body["scheme"], body["to_level"]] += 1
        if body["from_level"] is not None:
            sums[body["scheme"], body["from_level"]] -= 1
    return sums


def _add_order(store: StoreSums, event: StoredEvent) -> None:
    store.orders += 1
    store.paid_minor += event.body["gross_minor"]
    if event.member_id:
        store.member_orders += 1
        store.member_paid_minor += event.body["gross_minor"]


def _add_refund(store: StoreSums, event: StoredEvent) -> None:
    store.refunds += 1
    store.refunded_minor += event.body["gross_minor"]
    if event.member_id:
        store.member_refunded_minor += event.body["gross_minor"]


def _add_purchase(member: MemberSums, event: StoredEvent, paid_minor: int) -> None:
    member.order_count += 1
    member.paid_minor += paid_minor
    member.first_at = min(member.first_at or event.occurred_at, event.occurred_at)
    member.last_at = max(member.last_at or event.occurred_at, event.occurred_at)

"""RFM: how recently, how often and for how much members buy, and the ten segments that follow from it.

Members are those with a purchase whose purchases are worth something in sum. Recency is whole days from the last
purchase to the beginning of the day of the map; frequency is the member's rank by number of orders, ties in order of
member id, so that every fifth holds the same number of members; value is what was paid before refunds. Each is cut
into five at the continuous percentiles 20, 40, 60 and 80, the upper end included; 5 is best.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

STEPS = (0.2, 0.4, 0.6, 0.8)
Bound = tuple[int, int]

SegmentCode = Literal[
    "champions",
    "loyal",
    "potential_loyalist",
    "new",
    "promising",
    "need_attention",
    "about_to_sleep",
    "at_risk",
    "cannot_lose",
    "hibernating",
]
_BY_FREQUENCY: dict[int, dict[int, SegmentCode]] = {
    1: {1: "hibernating", 2: "hibernating", 3: "at_risk", 4: "at_risk", 5: "cannot_lose"},
    2: {1: "hibernating", 2: "hibernating", 3: "at_risk", 4: "at_risk", 5: "cannot_lose"},
    3: {1: "about_to_sleep", 2: "about_to_sleep", 3: "need_attention", 4: "loyal", 5: "loyal"},
    4: {1: "promising", 2: "potential_loyalist", 3: "potential_loyalist", 4: "loyal", 5: "loyal"},
    5: {1: "new", 2: "potential_loyalist", 3: "potential_loyalist", 4: "champions", 5: "champions"},
}
SEGMENTS: tuple[SegmentCode, ...] = get_args(SegmentCode)


@dataclass(frozen=True)
class Purchaser:
    """The purchases of one member. `last_at` in local time without zone; amounts in minor units."""

    member_id: int
    order_count: int
    paid_minor: int
    refunded_minor: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class Cuts:
    """Where the fifths end: four values each.

    `frequency_bounds` are the (order count, member id) of the last member of each frequency rank cut: with them a
    single member can be scored without counting all the others.
    """

    recency_days: tuple[float, ...]
    frequency_rank: tuple[float, ...]
    frequency_bounds: tuple[Bound, ...]
    paid_minor: tuple[float, ...]


@dataclass(frozen=True)
class Score:
    """A member's fifths, 5 the best, and the segment that recency and frequency make."""

    r: int
    f: int
    m: int
    segment: SegmentCode


@dataclass(frozen=True)
class Cell:
    """The members of one pair of fifths, and their net spend in minor units."""

    r: int
    f: int
    members: int
    net_spend_minor: int


@dataclass(frozen=True, kw_only=True)
class RfmMap:
    """The whole map: where the cuts lie, and the cells that have members."""

    members: int
    cuts: Cuts | None
    cells: tuple[Cell, ...]


def segment_of(r: int, f: int) -> SegmentCode:
    """The segment of a pair of fifths."""
    return _BY_FREQUENCY[r][f]


def pairs_of(segment: str) -> list[tuple[int, int]]:
    """The pairs (r, f) that make a segment."""
    return [(r, f) for r, row in _BY_FREQUENCY.items() for f, name in row.items() if name == segment]


def recency_days(last_at: datetime, as_of: datetime) -> int:
    """Whole days from a purchase to the beginning of the day of the map; purchases of that day itself: 0."""
    return max(0, (as_of - last_at).days)


def score(member: Purchaser, cuts: Cuts, as_of: datetime) -> Score:
    """The fifths of one member under the cuts of a map. `as_of`: the local beginning of its day."""
    r = 5 - bisect_left(cuts.recency_days, recency_days(member.last_at, as_of))
    f = 1 + bisect_left(cuts.frequency_bounds, (member.order_count, member.member_id))
    m = 1 + bisect_left(cuts.paid_minor, member.paid_minor)
    return Score(r, f, m, segment_of(r, f))


def map_members(members: Iterable[Purchaser], as_of: datetime) -> RfmMap:
    """The map of all members. The database computes the same in one statement; this is what it is held against."""
    counted = sorted(
        (member for member in members if member.paid_minor != 0), key=lambda one: (one.order_count, one.member_id)
    )
    if not counted:
        return RfmMap(members=0, cuts=None, cells=())
    ranks = percentiles(range(1, len(counted) + 1))
    cuts = Cuts(
        recency_days=percentiles(sorted(recency_days(member.last_at, as_of) for member in counted)),
        frequency_rank=ranks,
        frequency_bounds=tuple(
            (counted[int(rank) - 1].order_count, counted[int(rank) - 1].member_id) for rank in ranks
        ),
        paid_minor=percentiles(sorted(member.paid_minor for member in counted)),
    )
    sizes: Counter[tuple[int, int]] = Counter()
    spends: Counter[tuple[int, int]] = Counter()
    for member in counted:
        found = score(member, cuts, as_of)
        sizes[found.r, found.f] += 1
        spends[found.r, found.f] += member.paid_minor + member.refunded_minor
    cells = tuple(Cell(r, f, sizes[r, f], spends[r, f]) for r, f in sorted(sizes))
    return RfmMap(members=len(counted), cuts=cuts, cells=cells)


def percentiles(ordered: Sequence[int]) -> tuple[float, ...]:
    """The continuous percentiles of ascending values at the four steps, as PostgreSQL's percentile_cont has them."""
    found = []
    for step in STEPS:
        place = step * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        found.append(ordered[below] + (place - below) * (ordered[above] - ordered[below]))
    return tuple(found)

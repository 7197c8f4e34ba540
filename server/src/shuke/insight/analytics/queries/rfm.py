"""Questions about recency, frequency and value.

The map is computed by one statement over one row per member. A kept map answers instead when it knows every sale,
and in large shops also when it is the last job's: at most five minutes old.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, extract, func, literal, or_, select, tuple_

from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from ..rules import Cell, Cuts, Purchaser, RfmMap, Score, pairs_of, percentiles, score
from ..tables import analytics_member, analytics_rfm_run, analytics_state

# The consumer of sales, and the key under which its last event is remembered.
SALES = "analytics.sales"
# From so many members on, counting them all for one page is slower than a reader should wait.
LARGE = 100_000
_SORT = "member"

_MAP = """
    with purchaser as (
        select member_id, order_count, paid_minor, paid_minor + refunded_minor as net_minor,
            greatest(0, extract(day from $1::timestamp - timezone($2, last_at)))::int as recency,
            row_number() over (order by order_count, member_id) as frequency
        from analytics_member
        where order_count > 0 and paid_minor <> 0
    ), cut as (
        select count(*) as members,
            percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by recency) as recency_days,
            percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by paid_minor) as paid_minor
        from purchaser
    ), place as (
        -- Ranks are 1 to n, so their cuts are known without sorting anybody.
        select array_agg(floor(step * (members - 1))::bigint + 1 order by step) as frequency_place
        from cut, unnest(array[0.2, 0.4, 0.6, 0.8]::float8[]) as step
    ), cell as (
        select
            5 - (recency > recency_days[1])::int - (recency > recency_days[2])::int
                - (recency > recency_days[3])::int - (recency > recency_days[4])::int as r,
            1 + (frequency > frequency_place[1])::int + (frequency > frequency_place[2])::int
                + (frequency > frequency_place[3])::int + (frequency > frequency_place[4])::int as f,
            count(*) as members, sum(net_minor)::bigint as net_minor
        from purchaser, cut, place
        group by 1, 2
    )
    select members, recency_days, paid_minor,
        (select array_agg(array[order_count, member_id] order by frequency) from (
            select order_count, member_id, frequency from purchaser
            join place on true
            cross join lateral unnest(frequency_place) as wanted
            where frequency = wanted
        ) bound) as frequency_bounds,
        (select array_agg(array[r, f, members, net_minor] order by r, f) from cell) as cells
    from cut
"""


async def sales_event_id(session: Session) -> int:
    """The last sale, refund or adjustment that the sums know, as the id of its event; 0 before the first."""
    found = await session.scalar(select(analytics_state.c.event_id).where(analytics_state.c.consumer == SALES))
    return found or 0


async def rfm_map(session: Session, as_of: date, zone: str) -> RfmMap:
    """The map of a local day, counted afresh: one statement over all members with a purchase."""
    driver = await raw(session)
    row = await driver.fetchrow(_MAP, _beginning(as_of), zone)
    if row is None or not row["members"]:
        return RfmMap(members=0, cuts=None, cells=())
    cuts = Cuts(
        recency_days=tuple(row["recency_days"]),
        frequency_rank=percentiles(range(1, row["members"] + 1)),
        frequency_bounds=tuple((count, member_id) for count, member_id in row["frequency_bounds"]),
        paid_minor=tuple(row["paid_minor"]),
    )
    return RfmMap(members=row["members"], cuts=cuts, cells=tuple(Cell(*cell) for cell in row["cells"]))


async def is_map_kept(session: Session, as_of: date) -> bool:
    """Whether the kept map of a local day knows every sale."""
    run = analytics_rfm_run.c
    known = await session.scalar(select(run.event_id).where(run.as_of == as_of))
    return known is not None and known == await sales_event_id(session)


async def map_in_use(session: Session, as_of: date, zone: str) -> RfmMap:
    """The map of a local day as pages show it: the kept one where it is good enough, else counted afresh."""
    run = (await session.execute(select(analytics_rfm_run).where(analytics_rfm_run.c.as_of == as_of))).one_or_none()
    if run is None or (run.event_id != await sales_event_id(session) and run.members < LARGE):
        return await rfm_map(session, as_of, zone)
    return _read_map(run.map)


async def find_score(session: Session, member_id: int, *, as_of: date, zone: str) -> Score | None:
    """Where a member lies on the map of a day; None without purchases that count."""
    member = analytics_member.c
    row = (
        await session.execute(
            select(
                member.member_id,
                member.order_count,
                member.paid_minor,
                member.refunded_minor,
                func.timezone(zone, member.last_at).label("last_at"),
            ).where(member.member_id == member_id, member.order_count > 0, member.paid_minor != 0)
        )
    ).one_or_none()
    if row is None:
        return None
    cuts = (await map_in_use(session, as_of, zone)).cuts
    return score(Purchaser(**row._mapping), cuts, _beginning(as_of)) if cuts else None


async def list_segment(
    session: Session, sight: Sight, segment: str, *, as_of: date, zone: str, limit: int, cursor: str | None
) -> Page[int]:
    """The ids of the members of a segment whom the caller sees, on the map of a day, ascending. Raises BadCursor."""
    cuts = (await map_in_use(session, as_of, zone)).cuts
    if cuts is None:
        return Page([], None)
    member = analytics_member.c
    r = literal(5) - _above(_recency(as_of, zone), cuts.recency_days)
    f = literal(1) + _above(tuple_(member.order_count, member.member_id), cuts.frequency_bounds)
    wanted = select(member.member_id).where(
        member.order_count > 0,
        member.paid_minor != 0,
        members.only_visible(member.member_id, sight),
        or_(*((r == recency) & (f == frequency) for recency, frequency in pairs_of(segment))),
    )
    if cursor:
        (after,) = decode_cursor(cursor, _SORT, 1)
        if not isinstance(after, int):
            raise BadCursor
        wanted = wanted.where(member.member_id > after)
    found = list(await session.scalars(wanted.order_by(member.member_id).limit(limit + 1)))
    more = encode_cursor(_SORT, [found[limit - 1]]) if len(found) > limit else None
    return Page(found[:limit], more)


def _recency(as_of: date, zone: str) -> ColumnElement[int]:
    since = literal(_beginning(as_of)) - func.timezone(zone, analytics_member.c.last_at)
    return func.greatest(0, cast(extract("day", since), Integer))


def _above(value: Any, cuts: tuple[Any, ...]) -> ColumnElement[int]:
    """How many of the cuts a value lies above."""
    steps = (case((value > (tuple_(*cut) if isinstance(cut, tuple) else cut), 1), else_=0) for cut in cuts)
    total: ColumnElement[int] = literal(0)
    for step in steps:
        total += step
    return total


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _read_map(stored: dict[str, Any]) -> RfmMap:
    cuts = stored["cuts"]
    return RfmMap(
        members=stored["members"],
        cuts=Cuts(
            recency_days=tuple(cuts["recency_days"]),
            frequency_rank=tuple(cuts["frequency_rank"]),
            frequency_bounds=tuple((count, member_id) for count, member_id in cuts["frequency_bounds"]),
            paid_minor=tuple(cuts["paid_minor"]),
        )
        if cuts
        else None,
        cells=tuple(Cell(**cell) for cell in stored["cells"]),
    )

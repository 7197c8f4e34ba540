"""Taking what a coupon to be needs: a place under the member's limits, and a unit of a limited stock.

A unit is a row that one transaction has locked alone; nobody waits for it, and who rolls back leaves it to others. A
place is a row that is unique by the count within its period: of two who want the last one, the second waits for the
first, and then finds it taken or free.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuke.platform.db import Session, raw

from ..periods import period_key
from ..rules import Issuing
from .errors import Why

# Who loses a race for a place looks again; each time somebody else has got one.
_ROUNDS = 12

_PLACES = """
    with wanted as (
        select *, row_number() over (partition by member_id order by which) as ordinal
        from unnest($2::int[], $3::bigint[]) as wanted (which, member_id)
    ), person as (
        select * from unnest($4::bigint[], $5::bigint[]) as person (member_id, record_id)
    ), bound as (
        select * from unnest($6::text[], $7::int[]) as bound (period, most)
    ), used as (
        select person.member_id, claim.period, count(*) as taken, array_agg(claim.nth) as numbers
        from person join coupon_claim claim on claim.member_id = person.record_id
        where claim.template_id = $1 and claim.period = any($6)
        group by person.member_id, claim.period
    ), fitting as materialized (
        select which, member_id, ordinal, nextval('coupon_coupon_id_seq') as coupon_id from wanted
        where not exists (
            select from bound left join used on used.period = bound.period and used.member_id = wanted.member_id
            where coalesce(used.taken, 0) + wanted.ordinal > bound.most
        )
    ), placed as (
        insert into coupon_claim (member_id, template_id, period, nth, coupon_id)
        select fitting.member_id, $1, bound.period, (
            select nth from generate_series(1, bound.most) nth
            where nth <> all(coalesce(used.numbers, '{}')) order by nth offset fitting.ordinal - 1 limit 1
        ), fitting.coupon_id
        from fitting cross join bound
        left join used on used.period = bound.period and used.member_id = fitting.member_id
        order by fitting.member_id, bound.period, fitting.ordinal
        on conflict do nothing
        returning coupon_id
    )
    select fitting.which, fitting.coupon_id, count(placed.coupon_id) as places
    from fitting left join placed on placed.coupon_id = fitting.coupon_id
    group by fitting.which, fitting.coupon_id
"""
_LEAVE_PLACES = """
    delete from coupon_claim using unnest($2::bigint[], $3::bigint[]) as left_ (member_id, coupon_id)
    where coupon_claim.member_id = left_.member_id and template_id = $1 and coupon_claim.coupon_id = left_.coupon_id
"""
_UNITS = """
    with free as (
        select unit_no from coupon_unit where template_id = $1 and state = 'free'
        order by unit_no limit $2 for update skip locked
    )
    update coupon_unit set state = 'taken' from free
    where template_id = $1 and coupon_unit.unit_no = free.unit_no returning coupon_unit.unit_no
"""
# The same, and waits for those who may still let go of theirs.
_UNITS_WAITING = """
    with free as (
        select unit_no from coupon_unit where template_id = $1 and state = 'free'
        order by unit_no limit $2 for update
    )
    update coupon_unit set state = 'taken' from free
    where template_id = $1 and coupon_unit.unit_no = free.unit_no returning coupon_unit.unit_no
"""
_ANY_FREE = "select exists (select from coupon_unit where template_id = $1 and state = 'free')"


@dataclass(frozen=True)
class Place:
    """What was taken for one coupon: the id that it will have, where places name it, and its unit of the stock."""

    coupon_id: int | None = None
    unit_no: int | None = None


def limits_on(issuing: Issuing, day: date) -> dict[str, int]:
    """The most of a member by period, for coupons that are issued on a day of the shop."""
    limits: dict[str, int] = {}
    for limit in issuing.limits:
        key = period_key(limit.period, day)
        limits[key] = min(limit.most, limits.get(key, limit.most))
    return limits


async def take(
    session: Session,
    template_id: int,
    wanted: Sequence[int],
    *,
    persons: Mapping[int, Sequence[int]],
    limits: Mapping[str, int],
    is_limited: bool,
    waits: bool,
) -> list[Place | Why]:
    """Take what one coupon for each of these members needs, in their order: what was taken, or why nothing was.

    `persons`: every record of who each of them is by now. `limits`: the most by period (`periods.period_key`).
    `is_limited`: whether there is a stock. `waits`: for units that others have locked; who does not is told `busy`.
    Whoever is refused has taken nothing.
    """
    if not wanted:
        return []
    placed = await _take_places(session, template_id, wanted, persons, limits)
    if not is_limited:
        return placed
    fitting = [which for which, one in enumerate(placed) if isinstance(one, Place)]
    units = await _take_units(session, template_id, len(fitting), waits=waits)
    answers: list[Place | Why] = list(placed)
    left: list[tuple[int, Place]] = []
    for which, unit_no in zip(fitting, [*units, *[None] * (len(fitting) - len(units))], strict=True):
        place = placed[which]
        if isinstance(place, Place) and unit_no is None:
            left.append((wanted[which], place))
        elif isinstance(place, Place):
            answers[which] = Place(coupon_id=place.coupon_id, unit_no=unit_no)
    if left:
        await _leave_places(session, template_id, left)
        why: Why = "busy" if await is_any_free(session, template_id) else "sold_out"
        for which in fitting[len(units) :]:
            answers[which] = why
    return answers


async def is_any_free(session: Session, template_id: int) -> bool:
    """Whether a unit is free, or in the hands of somebody who may still let go of it."""
    return bool(await (await raw(session)).fetchval(_ANY_FREE, template_id))


async def leave(session: Session, template_id: int, taken: Sequence[tuple[int, Place]]) -> None:
    """Give back what this transaction has taken and did not use after all."""
    await _leave_places(session, template_id, taken)
    units = [place.unit_no for _, place in taken if place.unit_no is not None]
    if units:
        await (await raw(session)).execute(
            "update coupon_unit set state = 'free' where template_id = $1 and unit_no = any($2::int[])",
            template_id,
            units,
        )


async def _leave_places(session: Session, template_id: int, taken: Sequence[tuple[int, Place]]) -> None:
    named = [(member_id, place.coupon_id) for member_id, place in taken if place.coupon_id is not None]
    if named:
        await (await raw(session)).execute(
            _LEAVE_PLACES, template_id, [member_id for member_id, _ in named], [coupon_id for _, coupon_id in named]
        )


async def _take_places(
    session: Session,
    template_id: int,
    wanted: Sequence[int],
    persons: Mapping[int, Sequence[int]],
    limits: Mapping[str, int],
) -> list[Place | Why]:
    answers: list[Place | Why] = [Place()] * len(wanted)
    if not limits:
        return answers
    driver = await raw(session)
    waiting = list(range(len(wanted)))
    for _ in range(_ROUNDS):
        records = [(one, record) for one in sorted({wanted[which] for which in waiting}) for record in persons[one]]
        rows = await driver.fetch(
            _PLACES,
            template_id,
            waiting,
            [wanted[which] for which in waiting],
            [member_id for member_id, _ in records],
            [record_id for _, record_id in records],
            list(limits),
            list(limits.values()),
        )
        fitting = {row["which"]: row for row in rows}
        lost = [(wanted[row["which"]], Place(row["coupon_id"])) for row in rows if row["places"] < len(limits)]
        for which in waiting:
            answers[which] = Place(fitting[which]["coupon_id"]) if which in fitting else "limit_reached"
        await _leave_places(session, template_id, lost)
        waiting = [row["which"] for row in rows if row["places"] < len(limits)]
        if not waiting:
            return answers
    for which in waiting:
        answers[which] = "busy"
    return answers


async def _take_units(session: Session, template_id: int, count: int, *, waits: bool) -> list[int]:
    driver = await raw(session)
    units = [row["unit_no"] for row in await driver.fetch(_UNITS, template_id, count)] if count else []
    while waits and len(units) < count and await is_any_free(session, template_id):
        rows = await driver.fetch(_UNITS_WAITING, template_id, count - len(units))
        units += [row["unit_no"] for row in rows]
    return units

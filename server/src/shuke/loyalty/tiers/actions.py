"""Verbs of tiers: lock standings, write down what was judged, give and end levels by hand."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock, events
from shuke.platform.db import Session, copy_rows, dump_json, raw

from .errors import GrantEndsTooEarly, LevelNotFound, NoGrant, NoScheme
from .events import TierChanged
from .measuring import measure
from .rules import Bench, Scheme, Standing, grant, judge_end_of_grant
from .schemes import find_scheme
from .tables import tier_change

_LOOK = """
    select member_id, rank, since, valid_until, change_count, basis, judged_on, level_from, level_from_before,
        period_from, period_from_before, review_at, beneath
    from member_tier where scheme_id = $1 and member_id = any($2::bigint[])
"""
_LOCK = """
    select member_id, rank, since, valid_until, change_count, basis, judged_on, level_from, level_from_before,
        period_from, period_from_before, review_at, beneath
    from member_tier where scheme_id = $1 and member_id = any($2::bigint[]) order by member_id for update
"""
_WRITE = """
    insert into member_tier (member_id, scheme_id, rank, since, valid_until, change_count, basis, judged_on,
        level_from, level_from_before, period_from, period_from_before, review_at, beneath)
    select member_id, $1, rank, since, valid_until, change_count, basis, judged_on,
        level_from, level_from_before, period_from, period_from_before, review_at, beneath
    from unnest($2::bigint[], $3::smallint[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::text[],
        $8::date[], $9::date[], $10::date[], $11::date[], $12::date[], $13::timestamptz[], $14::jsonb[])
        as new(member_id, rank, since, valid_until, change_count, basis, judged_on, level_from, level_from_before,
            period_from, period_from_before, review_at, beneath)
    on conflict (member_id, scheme_id) do update
    set rank = excluded.rank, since = excluded.since, valid_until = excluded.valid_until,
        change_count = excluded.change_count, basis = excluded.basis, judged_on = excluded.judged_on,
        level_from = excluded.level_from, level_from_before = excluded.level_from_before,
        period_from = excluded.period_from, period_from_before = excluded.period_from_before,
        review_at = excluded.review_at, beneath = excluded.beneath
"""
# As the statement above takes them.
_WRITTEN = (
    *("member_id", "rank", "since", "valid_until", "change_count", "basis", "judged_on", "level_from"),
    *("level_from_before", "period_from", "period_from_before", "review_at"),
)


async def lock_standings(
    session: Session, scheme: Scheme, member_ids: Sequence[int], *, is_locked: bool = True
) -> dict[int, Standing]:
    """The members' standings in a scheme, their rows locked in order of member. New members start at rank 0.

    Not `is_locked`: only to look at.
    """
    driver = await raw(session)
    rows = await driver.fetch(_LOCK if is_locked else _LOOK, scheme.scheme_id, list(member_ids))
    standings = {member_id: Standing(member_id) for member_id in member_ids}
    standings.update({row["member_id"]: Standing(**dict(row)) for row in rows})
    return standings


async def save(session: Session, scheme: Scheme, standings: Iterable[Standing]) -> None:
    """Write changed standings, their history and the events."""
    changed = [standing for standing in standings if standing.changes or standing.is_marked]
    if not changed:
        return
    driver = await raw(session)
    await driver.execute(
        _WRITE,
        scheme.scheme_id,
        *(list(map(attrgetter(name), changed)) for name in _WRITTEN),
        [dump_json(standing.beneath) if standing.beneath else None for standing in changed],
    )
    await copy_rows(session, tier_change, _CHANGE, _change_rows(scheme, changed))
    await events.publish(session, [event for standing in changed for event in _events(scheme, standing)])


_CHANGE = (
    "member_id",
    "scheme_id",
    "change_no",
    "from_rank",
    "to_rank",
    "reason",
    "at",
    "recorded_at",
    "valid_until",
    "explanation",
    "scheme_version",
)


def _change_rows(scheme: Scheme, standings: Sequence[Standing]) -> Iterable[tuple[Any, ...]]:
    recorded_at = clock.now()
    for standing in standings:
        for change in standing.changes:
            yield (
                standing.member_id,
                scheme.scheme_id,
                change.change_no,
                change.from_rank,
                change.to_rank,
                change.reason,
                change.at,
                recorded_at,
                change.valid_until,
                dump_json(change.explanation),
                scheme.version,
            )


def _events(scheme: Scheme, standing: Standing) -> Iterable[TierChanged]:
    codes = {level.rank: level.code for level in scheme.levels}
    for change in standing.changes:
        yield TierChanged(
            member_id=standing.member_id,
            occurred_at=change.at,
            scheme=scheme.code,
            from_level=codes[change.from_rank] if change.from_rank else None,
            to_level=codes.get(change.to_rank),
            reason=change.reason,
            valid_until=change.valid_until.isoformat() if change.valid_until else None,
            cause="refund" if change.explanation.get("refunded") else None,
        )


async def write_levels(session: Session, scheme: Scheme, standings: Iterable[Standing], zone: ZoneInfo) -> None:
    """Write the levels down where lists of members find them."""
    codes = {level.rank: level.code for level in scheme.levels}
    await members.write_facts(
        session,
        [
            members.FactsRow(
                member_id=standing.member_id,
                tier_code=codes.get(standing.rank),
                tier_rank=standing.rank or None,
                tier_valid_until=clock.last_day(standing.valid_until, zone) if standing.valid_until else None,
            )
            for standing in standings
        ],
    )


async def grant_level(
    session: Session, member_id: int, level: str, until: datetime | None, reason: str, actor: str
) -> Standing:
    """Put a member on a level by hand until an instant (None: until it is ended); then it is judged.

    Raises NoScheme, LevelNotFound and GrantEndsTooEarly.
    """
    scheme, zone = await _scheme(session), (await organization.get_shop(session)).zone
    rank = next((one.rank for one in scheme.levels if one.code == level), None)
    if rank is None:
        raise LevelNotFound(level=level)
    now = clock.now()
    if until is not None and until <= now:
        raise GrantEndsTooEarly(today=clock.business_day(now, zone).isoformat())
    standing = (await lock_standings(session, scheme, [member_id]))[member_id]
    measures = (await measure(session, scheme, [standing], now, zone))[member_id]
    bench = Bench(scheme, measures, now, clock.business_day(now, zone), zone)
    grant(standing, rank, until, bench, {"granted": True, "because": reason, "by": actor})
    await _store(session, scheme, standing, zone)
    return standing


async def end_grant(session: Session, member_id: int, reason: str, actor: str) -> Standing:
    """End the level that a member was given by hand: back to what was before it, or to what the figures reach.

    Raises NoScheme and NoGrant.
    """
    scheme, zone = await _scheme(session), (await organization.get_shop(session)).zone
    standing = (await lock_standings(session, scheme, [member_id]))[member_id]
    if standing.basis != "manual":
        raise NoGrant
    now = clock.now()
    measures = (await measure(session, scheme, [standing], now, zone))[member_id]
    bench = Bench(scheme, measures, now, clock.business_day(now, zone), zone)
    judge_end_of_grant(standing, bench, {"because": reason, "by": actor})
    await _store(session, scheme, standing, zone)
    return standing


async def _scheme(session: Session) -> Scheme:
    scheme = await find_scheme(session)
    if scheme is None:
        raise NoScheme
    return scheme


async def _store(session: Session, scheme: Scheme, standing: Standing, zone: ZoneInfo) -> None:
    await save(session, scheme, [standing])
    await write_levels(session, scheme, [standing], zone)

"""Verbs of tiers: set up a scheme, lock standings, write down what was judged."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock, events
from shuke.platform.db import Session, copy_rows, dump_json, raw

from .events import TierChanged
from .rules import Scheme, Standing
from .tables import tier_change, tier_level, tier_scheme


async def set_up_scheme(session: Session, *, scheme: dict[str, Any], levels: Sequence[dict[str, Any]]) -> None:
    """Add a scheme with its levels, or leave it as it is when it exists. Rows as in the tables."""
    added = await session.execute(insert(tier_scheme).values(**scheme).on_conflict_do_nothing())
    if added.rowcount:
        await session.execute(tier_level.insert(), [{"scheme_id": scheme["scheme_id"], **level} for level in levels])


async def lock_standings(session: Session, scheme: Scheme, member_ids: Sequence[int]) -> dict[int, Standing]:
    """The members' standings in a scheme, their rows locked in order of member. New members start at rank 0."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select member_id, rank, since, valid_until, change_count from member_tier
        where scheme_id = $1 and member_id = any($2::bigint[]) order by member_id for update
        """,
        scheme.scheme_id,
        list(member_ids),
    )
    standings = {member_id: Standing(member_id) for member_id in member_ids}
    standings.update({row["member_id"]: Standing(**dict(row)) for row in rows})
    return standings


async def save(session: Session, scheme: Scheme, standings: Iterable[Standing]) -> None:
    """Write changed standings, their history and the events."""
    changed = [standing for standing in standings if standing.changes]
    if not changed:
        return
    driver = await raw(session)
    await driver.execute(
        """
        insert into member_tier (member_id, scheme_id, rank, since, valid_until, change_count)
        select member_id, $1, rank, since, valid_until, change_count
        from unnest($2::bigint[], $3::smallint[], $4::timestamptz[], $5::timestamptz[], $6::int[])
            as new(member_id, rank, since, valid_until, change_count)
        on conflict (member_id, scheme_id) do update
        set rank = excluded.rank, since = excluded.since, valid_until = excluded.valid_until,
            change_count = excluded.change_count
        """,
        scheme.scheme_id,
        [standing.member_id for standing in changed],
        [standing.rank for standing in changed],
        [standing.since for standing in changed],
        [standing.valid_until for standing in changed],
        [standing.change_count for standing in changed],
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
        )

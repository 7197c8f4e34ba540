"""Verbs that change pairs and the policy."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from shuke.people.members import MergeLine, Merging
from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language

from .errors import BadPolicy, PairDecided, PairNotFound
from .rules.policy import LEAST_SCORE, Settings
from .rules.weights import HIGHEST
from .tables import duplicate_pair, duplicate_setting

_MARK = """
    insert into duplicate_member (member_id, is_stale) select unnest($1::bigint[]), true
    on conflict (member_id) do update set is_stale = true
"""
_CROSSED = """
    insert into duplicate_crossing (member_a, member_b, crossed_at)
    select distinct least(one, other), greatest(one, other), $3::timestamptz
    from unnest($1::bigint[], $2::bigint[]) as crossed (one, other) where one <> other
    on conflict do nothing
"""
# Whoever is merged away stands in no pair any more; the pair itself keeps what became of it.
_MERGED = """
    insert into duplicate_pair (member_a, member_b, score, reasons, has_common_proof, has_other_phones, print, state,
        found_at, decided_at, decided_by, decided_because)
    values (least($1::bigint, $2::bigint), greatest($1::bigint, $2::bigint), 0, '{}', false, false, 0, 'merged',
        $3, $3, $4, $5)
    on conflict (member_a, member_b) do update
    set state = 'merged', decided_at = excluded.decided_at, decided_by = excluded.decided_by,
        decided_because = excluded.decided_because
"""
_LEAVE = "delete from duplicate_pair where state = 'waiting' and (member_a = $1 or member_b = $1)"
# Somebody has judged that these are two.
_PARTED = """
    update duplicate_pair set state = 'dismissed', decided_at = $3, decided_by = $4, decided_because = $5
    where member_a = least($1::bigint, $2::bigint) and member_b = greatest($1::bigint, $2::bigint)
"""


async def mark_changed(session: Session, member_ids: Sequence[int]) -> None:
    """Have these members looked at again."""
    await (await raw(session)).execute(_MARK, sorted(set(member_ids)))


async def note_crossed(session: Session, pairs: Sequence[tuple[int, int]]) -> None:
    """Keep that somebody came with identities of both, and have them looked at."""
    firsts, seconds = ([pair[side] for pair in pairs] for side in (0, 1))
    await (await raw(session)).execute(_CROSSED, firsts, seconds, clock.now())
    await mark_changed(session, [*firsts, *seconds])


async def dismiss(session: Session, actor: Actor, pair_id: int, reason: str) -> None:
    """Say that two are not one; it stays so until their data change. Raises PairNotFound and PairDecided."""
    column = duplicate_pair.c
    state = await session.scalar(select(column.state).where(column.pair_id == pair_id).with_for_update())
    if state is None:
        raise PairNotFound
    if state != "waiting":
        raise PairDecided
    await session.execute(
        duplicate_pair.update()
        .where(column.pair_id == pair_id)
        .values(state="dismissed", decided_at=clock.now(), decided_by=actor.name, decided_because=reason)
    )
    await audit.record(session, actor, "duplicates.dismissed", "duplicates", pair_id)


async def set_settings(session: Session, actor: Actor, wanted: Settings) -> None:
    """Set the policy of merging automatically. Raises BadPolicy."""
    if not wanted.is_sensible:
        raise BadPolicy(lowest=LEAST_SCORE, highest=HIGHEST)
    values = {"merges_automatically": wanted.merges_automatically, "least_score": wanted.least_score}
    new = insert(duplicate_setting).values(one=True, **values)
    await session.execute(new.on_conflict_do_update(index_elements=["one"], set_=values))
    await audit.record(session, actor, "duplicates.configured", "duplicates", "policy", values)


async def preview(_session: Session, _absorbed: int, _survivor: int, _language: Language) -> Sequence[MergeLine]:
    """A merge moves nothing here."""
    return ()


async def note_merged(session: Session, merging: Merging) -> None:
    """The pair is decided, however it came to be merged; both are looked at again."""
    driver = await raw(session)
    pair = (merging.absorbed_id, merging.survivor_id)
    await driver.execute(_MERGED, *pair, merging.at, merging.actor, merging.reason)
    await driver.execute(_LEAVE, merging.absorbed_id)
    await mark_changed(session, pair)


async def note_parted(session: Session, merging: Merging) -> None:
    """Whoever undoes a merge says that they are two; both are looked at again."""
    driver = await raw(session)
    pair = (merging.absorbed_id, merging.survivor_id)
    await driver.execute(_PARTED, *pair, merging.at, merging.actor, merging.reason)
    await mark_changed(session, pair)

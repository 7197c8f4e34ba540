"""What a scheme would do to everybody, without doing it: set by set, until the time is up."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.db import Session, raw

from .actions import lock_standings
from .measuring import measure
from .rules import Scheme, judge_again
from .tables import member_tier

_AT_A_TIME = 2_000
_LONGEST = timedelta(seconds=8)
_PAGE = "select member_id from member_tier where scheme_id = $1 and member_id > $2 order by member_id limit $3"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Who would move: members by (rank of now, rank then). `judged` of `total` were looked at before time was up."""

    moves: dict[tuple[int, int], int]
    judged: int
    total: int

    @property
    def is_complete(self) -> bool:
        """Whether everybody was looked at."""
        return self.judged >= self.total


async def preview_scheme(session: Session, scheme: Scheme) -> Preview:
    """Judge everybody now by a scheme that is not saved. Nothing is written, nobody is locked."""
    at, deadline = clock.now(), clock.wall() + _LONGEST
    total = await session.scalar(
        select(func.count()).select_from(member_tier).where(member_tier.c.scheme_id == scheme.scheme_id)
    )
    moves: Counter[tuple[int, int]] = Counter()
    behind = judged = 0
    while clock.wall() < deadline:
        ids = await _members_behind(session, scheme.scheme_id, behind)
        if not ids:
            break
        moves.update(await _moves(session, scheme, ids, at))
        behind, judged = ids[-1], judged + len(ids)
    return Preview(moves=dict(moves), judged=judged, total=total or 0)


async def _moves(session: Session, scheme: Scheme, member_ids: list[int], at: datetime) -> Counter[tuple[int, int]]:
    zone = (await organization.get_shop(session)).zone
    found = await lock_standings(session, scheme, member_ids, is_locked=False)
    measures = await measure(session, scheme, list(found.values()), at, zone)
    moves: Counter[tuple[int, int]] = Counter()
    for member_id, standing in found.items():
        before = standing.rank
        judge_again(standing, scheme, measures[member_id], at, zone)
        if standing.rank != before:
            moves[before, standing.rank] += 1
    return moves


async def _members_behind(session: Session, scheme_id: int, behind: int) -> list[int]:
    driver = await raw(session)
    return [row["member_id"] for row in await driver.fetch(_PAGE, scheme_id, behind, _AT_A_TIME)]

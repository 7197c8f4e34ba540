"""Questions about pairs, searches and the policy; nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from .errors import PairNotFound
from .rules.policy import Case, Settings, may_merge
from .rules.values import Likelihood, State
from .rules.weights import HIGHEST, LEVELS, likelihood_of
from .tables import duplicate_pair, duplicate_search, duplicate_setting

_pair = duplicate_pair.c
_SORT = "-score"
_MERGED_AT_ONCE = 500

_MERGEABLE = """
    select member_a, member_b, score, has_common_proof, has_other_phones,
        (select count(*) from duplicate_pair other where other.state = 'waiting'
            and (other.member_a in (pair.member_a, pair.member_b) or other.member_b in (pair.member_a, pair.member_b))
        ) as pairs
    from duplicate_pair pair
    where state = 'waiting' and score >= $1 and has_common_proof and not has_other_phones
        and ($2::bigint is null or (member_a = $2 and member_b = $3))
    order by score desc, pair_id limit $4
"""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two members who may be one, as the caller may see them."""

    id: int
    first: members.Member
    second: members.Member
    score: int
    likelihood: Likelihood
    reasons: tuple[str, ...]
    state: State
    found_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    decided_because: str | None


@dataclass(frozen=True, kw_only=True)
class Search:
    """A search of everybody: how far it is, and what it came to."""

    id: int
    state: Literal["running", "done", "broken"]
    step: Literal["reading", "comparing", "merging", "done"]
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    members: int
    members_read: int
    members_compared: int
    pairs_compared: int
    pairs_merged: int
    blocks_skipped: int
    members_skipped: int

    @property
    def percent(self) -> int:
        """How far it is. Reading a member takes longer than comparing them."""
        if self.state == "done":
            return 100
        whole = max(self.members, 1)
        return min(99, int(75 * self.members_read / whole + 25 * self.members_compared / whole))


async def list_pairs(
    session: Session,
    sight: Sight,
    *,
    state: Literal["waiting", "dismissed"],
    likelihood: Likelihood | None,
    member_ids: Sequence[int] | None,
    limit: int,
    cursor: str | None,
) -> Page[Pair]:
    """Pairs of which the caller sees both, the likeliest first. Raises BadCursor."""
    wanted = select(duplicate_pair).where(_pair.state == state, *_in_sight(sight))
    if likelihood is not None:
        least = dict(LEVELS)[likelihood]
        above = min((score for _, score in LEVELS if score > least), default=HIGHEST + 1)
        wanted = wanted.where(_pair.score >= least, _pair.score < above)
    if member_ids is not None:
        wanted = wanted.where(or_(_pair.member_a.in_(member_ids), _pair.member_b.in_(member_ids)))
    if cursor is not None:
        score, number = decode_cursor(cursor, _SORT, 2)
        if type(score) is not int or type(number) is not int or abs(score) >= 2**15 or abs(number) >= 2**63:
            raise BadCursor
        wanted = wanted.where(or_(_pair.score < score, and_(_pair.score == score, _pair.pair_id < number)))
    ordered = wanted.order_by(_pair.score.desc(), _pair.pair_id.desc()).limit(limit + 1)
    rows = (await session.execute(ordered)).all()
    more = encode_cursor(_SORT, [rows[limit - 1].score, rows[limit - 1].pair_id]) if len(rows) > limit else None
    return Page(await _shown(session, rows[:limit], sight), more)


async def count_pairs(session: Session, sight: Sight) -> dict[Likelihood, int]:
    """How many pairs wait that the caller sees, by likelihood."""
    rows = await session.execute(
        select(_pair.score, func.count()).where(_pair.state == "waiting", *_in_sight(sight)).group_by(_pair.score)
    )
    counts: dict[Likelihood, int] = {level: 0 for level, _ in LEVELS}
    for score, count in rows:
        counts[likelihood_of(score)] += count
    return counts


async def get_pair(session: Session, pair_id: int, sight: Sight) -> Pair:
    """A pair of which the caller sees both. Raises PairNotFound."""
    wanted = select(duplicate_pair).where(_pair.pair_id == pair_id, *_in_sight(sight))
    found = await _shown(session, (await session.execute(wanted)).all(), sight)
    if not found:
        raise PairNotFound
    return found[0]


async def get_settings(session: Session) -> Settings:
    """The shop's policy of merging automatically."""
    row = (await session.execute(select(duplicate_setting))).one_or_none()
    if row is None:
        return Settings()
    return Settings(merges_automatically=row.merges_automatically, least_score=row.least_score)


async def list_mergeable(
    session: Session, settings: Settings, among: tuple[int, int] | None = None
) -> list[tuple[int, int]]:
    """The pairs that the policy lets be merged without anybody looking; of one pair only, where named."""
    if not settings.merges_automatically:
        return []
    first, second = among or (None, None)
    driver = await raw(session)
    rows = await driver.fetch(_MERGEABLE, settings.least_score, first, second, _MERGED_AT_ONCE)
    names = ("score", "has_common_proof", "has_other_phones", "pairs")
    return [
        (row["member_a"], row["member_b"])
        for row in rows
        if may_merge(Case(**{name: row[name] for name in names}), settings)
    ]


async def get_search(session: Session, search_id: int) -> Search:
    """A search that exists."""
    row = (await session.execute(select(duplicate_search).where(duplicate_search.c.search_id == search_id))).one()
    return _search(row)


async def last_search(session: Session) -> Search | None:
    """The newest search, if there was one."""
    newest = select(duplicate_search).order_by(duplicate_search.c.search_id.desc()).limit(1)
    row = (await session.execute(newest)).one_or_none()
    return _search(row) if row is not None else None


def _search(row: Row[Any]) -> Search:
    values = dict(row._mapping)
    search_id = values.pop("search_id")
    return Search(id=search_id, **{name: values[name] for name in values if name not in {"place", "moved_at"}})


def _in_sight(sight: Sight) -> list[ColumnElement[bool]]:
    return [members.only_visible(_pair.member_a, sight), members.only_visible(_pair.member_b, sight)]


async def _shown(session: Session, rows: Sequence[Row[Any]], sight: Sight) -> list[Pair]:
    ids = sorted({member_id for row in rows for member_id in (row.member_a, row.member_b)})
    # A pair that was dismissed may have lost one of the two to somebody else since.
    present = [member_id for member_id, root in (await members.roots(session, ids)).items() if member_id == root]
    known = {one.id: one for one in await members.get_members(session, present, sight)} if present else {}
    return [
        Pair(
            id=row.pair_id,
            first=known[row.member_a],
            second=known[row.member_b],
            score=row.score,
            likelihood=likelihood_of(row.score),
            reasons=tuple(row.reasons),
            state=row.state,
            found_at=row.found_at,
            decided_at=row.decided_at,
            decided_by=row.decided_by,
            decided_because=row.decided_because,
        )
        for row in rows
        if row.member_a in known and row.member_b in known
    ]

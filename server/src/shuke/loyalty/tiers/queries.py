"""Questions about tiers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from shuke.people import members
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from .rules import Basis, Level, Parameters, Reason, read_parameters
from .tables import member_tier, tier_change, tier_level, tier_scheme

_SORT = "-change_no"


@dataclass(frozen=True, kw_only=True)
class LevelView:
    """A level as people read it. `threshold` is what the scheme's metric must reach, in the metric's unit."""

    rank: int
    code: str
    name: LocalName
    colour: str
    threshold: int
    keep_threshold: int | None
    deduct: int
    is_floor: bool

    def as_rule(self) -> Level:
        """The level as the rules want it."""
        return Level(self.rank, self.code, self.threshold, self.keep_threshold, self.deduct, self.is_floor)


@dataclass(frozen=True, kw_only=True)
class SchemeView:
    """A scheme as people read it, with its levels by rank."""

    scheme_id: int
    code: str
    name: LocalName
    parameters: Parameters
    version: int
    levels: tuple[LevelView, ...]

    def level(self, rank: int) -> LevelView | None:
        """The level of a rank."""
        return next((level for level in self.levels if level.rank == rank), None)


@dataclass(frozen=True, kw_only=True)
class StandingView:
    """The level that a member has, since when, and the first instant at which it is judged again."""

    rank: int
    since: datetime
    valid_until: datetime | None
    basis: Basis | None


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """One judgement of a member's level, with the facts of its explanation."""

    change_no: int
    from_rank: int | None
    to_rank: int
    reason: Reason
    at: datetime
    valid_until: datetime | None
    facts: dict[str, Any]


async def find_scheme_view(session: Session) -> SchemeView | None:
    """The shop's tier scheme; None where none is set up."""
    scheme = (await session.execute(select(tier_scheme).order_by(tier_scheme.c.scheme_id).limit(1))).one_or_none()
    if scheme is None:
        return None
    levels = await session.execute(
        select(tier_level).where(tier_level.c.scheme_id == scheme.scheme_id).order_by(tier_level.c.rank)
    )
    return SchemeView(
        scheme_id=scheme.scheme_id,
        code=scheme.code,
        name=LocalName(zh=scheme.name_zh, en=scheme.name_en),
        parameters=read_parameters(scheme.parameters),
        version=scheme.version,
        levels=tuple(
            LevelView(
                rank=level.rank,
                code=level.code,
                name=LocalName(zh=level.name_zh, en=level.name_en),
                colour=level.colour,
                threshold=level.threshold,
                keep_threshold=level.keep_threshold,
                deduct=level.deduct,
                is_floor=level.is_floor,
            )
            for level in levels
        ),
    )


async def count_members_by_rank(session: Session, scheme_id: int, sight: Sight) -> dict[int, int]:
    """How many of the members whom the caller sees have each level."""
    rows = await session.execute(
        select(member_tier.c.rank, func.count().label("members"))
        .where(member_tier.c.scheme_id == scheme_id, members.only_visible(member_tier.c.member_id, sight))
        .group_by(member_tier.c.rank)
    )
    return {row.rank: row.members for row in rows}


async def find_standing(session: Session, scheme_id: int, member_id: int) -> StandingView | None:
    """The level that a member has; None before the first order."""
    row = (
        await session.execute(
            select(member_tier.c.rank, member_tier.c.since, member_tier.c.valid_until, member_tier.c.basis).where(
                member_tier.c.member_id == member_id, member_tier.c.scheme_id == scheme_id
            )
        )
    ).one_or_none()
    return StandingView(**row._mapping) if row else None


async def list_changes(
    session: Session, scheme_id: int, member_id: int, *, limit: int, cursor: str | None
) -> Page[ChangeView]:
    """A member's changes of level, newest first. Raises BadCursor."""
    wanted = _changes(scheme_id, member_id)
    if cursor:
        (before,) = decode_cursor(cursor, _SORT, 1)
        if not isinstance(before, int):
            raise BadCursor
        wanted = wanted.where(tier_change.c.change_no < before)
    wanted = wanted.order_by(tier_change.c.change_no.desc()).limit(limit + 1)
    found = [ChangeView(**row._mapping) for row in await session.execute(wanted)]
    more = encode_cursor(_SORT, [found[limit - 1].change_no]) if len(found) > limit else None
    return Page(found[:limit], more)


async def list_history(
    session: Session, scheme_id: int, member_id: int, *, before: tuple[datetime, int] | None, limit: int
) -> list[ChangeView]:
    """A member's changes of level by time, newest first, those before (instant, number) only."""
    change = tier_change.c
    wanted = _changes(scheme_id, member_id)
    if before:
        wanted = wanted.where(tuple_(change.at, change.change_no) < tuple_(*before))
    wanted = wanted.order_by(change.at.desc(), change.change_no.desc()).limit(limit)
    return [ChangeView(**row._mapping) for row in await session.execute(wanted)]


def _changes(scheme_id: int, member_id: int) -> Select[Any]:
    change = tier_change.c
    return select(
        change.change_no,
        change.from_rank,
        change.to_rank,
        change.reason,
        change.at,
        change.valid_until,
        change.explanation.label("facts"),
    ).where(change.member_id == member_id, change.scheme_id == scheme_id)

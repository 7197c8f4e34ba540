"""The configured scheme as the rules want it, its versions, and changing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import audit, clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .checks import require_publishable
from .errors import LevelInUse, NoScheme, SchemeChanged
from .rules import Level, Parameters, Scheme, read_parameters
from .tables import member_tier, tier_change, tier_level, tier_scheme, tier_scheme_version


@dataclass(frozen=True, kw_only=True)
class NewLevel:
    """A level as it is to be: what the rules go by, and how people see it."""

    level: Level
    name: LocalName
    colour: str

    def row(self) -> dict[str, Any]:
        """The level as its table holds it, without the scheme."""
        return {**vars(self.level), "name_zh": self.name.zh, "name_en": self.name.en, "colour": self.colour}


async def find_scheme(session: Session, *, is_locked: bool = False) -> Scheme | None:
    """The shop's tier scheme with its levels by rank; None where none is set up."""
    wanted = select(tier_scheme).order_by(tier_scheme.c.scheme_id).limit(1)
    row = (await session.execute(wanted.with_for_update() if is_locked else wanted)).mappings().first()
    if row is None:
        return None
    levels = await session.execute(
        select(tier_level).where(tier_level.c.scheme_id == row["scheme_id"]).order_by(tier_level.c.rank)
    )
    return Scheme(
        scheme_id=row["scheme_id"],
        code=row["code"],
        parameters=read_parameters(row["parameters"]),
        levels=tuple(read_level(dict(level)) for level in levels.mappings()),
        version=row["version"],
    )


def read_level(row: Mapping[str, Any]) -> Level:
    """A level from its row, or from what a version of the scheme holds of it."""
    return Level(
        rank=row["rank"],
        code=row["code"],
        threshold=row["threshold"],
        keep_threshold=row.get("keep_threshold"),
        deduct=row.get("deduct", 0),
        is_floor=row.get("is_floor", False),
    )


async def set_up_scheme(session: Session, *, scheme: dict[str, Any], levels: Sequence[dict[str, Any]]) -> None:
    """Add a scheme with its levels, or leave it as it is when it exists. Rows as in the tables."""
    added = await session.execute(insert(tier_scheme).values(**scheme).on_conflict_do_nothing())
    if added.rowcount:
        await session.execute(tier_level.insert(), [{"scheme_id": scheme["scheme_id"], **level} for level in levels])
        await _keep_version(session, scheme["scheme_id"], 1, scheme["parameters"], levels, SYSTEM.name)


async def save_scheme(
    session: Session, *, parameters: Parameters, levels: Sequence[NewLevel], seen_version: int | None, actor: str
) -> Scheme:
    """Publish the scheme anew. Members are judged by it from their next event on; `rejudge_all` judges everybody.

    `levels` by rank. Where nothing differs, nothing is published. Raises NoScheme, SchemeChanged when the version is
    not the one that was seen, LevelInUse for a level that would go or change its place while history names it, and
    the refusals of schemes that cannot be.
    """
    before = await find_scheme(session, is_locked=True)
    if before is None:
        raise NoScheme
    if seen_version is not None and seen_version != before.version:
        raise SchemeChanged(seen=seen_version, version=before.version)
    require_publishable(parameters, [one.level for one in levels])
    rows = [one.row() for one in levels]
    stored = parameters.model_dump(mode="json", exclude_none=True)
    if parameters == before.parameters and rows == await _level_rows(session, before.scheme_id):
        return before
    await _refuse_moving(session, before, levels)
    version = before.version + 1
    await session.execute(
        tier_scheme.update()
        .where(tier_scheme.c.scheme_id == before.scheme_id)
        .values(parameters=stored, version=version)
    )
    await session.execute(tier_level.delete().where(tier_level.c.scheme_id == before.scheme_id))
    await session.execute(tier_level.insert(), [{"scheme_id": before.scheme_id, **row} for row in rows])
    await _keep_version(session, before.scheme_id, version, stored, rows, actor)
    after = Scheme(before.scheme_id, before.code, parameters, tuple(one.level for one in levels), version)
    audit.describe(changes=differences(before, after))
    return after


def differences(before: Scheme, after: Scheme) -> dict[str, tuple[Any, Any]]:
    """What differs between two versions of a scheme: parameter or level → before and after."""
    old, new = (one.parameters.model_dump(mode="json", exclude_none=True) for one in (before, after))
    changed = {name: (old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys())}
    of_old, of_new = ({level.code: vars(level) for level in one.levels} for one in (before, after))
    changed |= {f"level.{code}": (of_old.get(code), of_new.get(code)) for code in sorted(of_old.keys() | of_new.keys())}
    return {name: pair for name, pair in changed.items() if pair[0] != pair[1]}


async def _level_rows(session: Session, scheme_id: int) -> list[dict[str, Any]]:
    found = await session.execute(
        select(tier_level).where(tier_level.c.scheme_id == scheme_id).order_by(tier_level.c.rank)
    )
    return [{name: value for name, value in row.items() if name != "scheme_id"} for row in found.mappings()]


async def _refuse_moving(session: Session, before: Scheme, levels: Sequence[NewLevel]) -> None:
    """History names levels by rank: one that anybody has or had keeps its rank."""
    ranks = {one.level.code: one.level.rank for one in levels}
    moved = {level.rank: level.code for level in before.levels if ranks.get(level.code) != level.rank}
    if not moved:
        return
    named = union_all(
        select(member_tier.c.rank, member_tier.c.member_id).where(member_tier.c.scheme_id == before.scheme_id),
        select(tier_change.c.to_rank, tier_change.c.member_id).where(tier_change.c.scheme_id == before.scheme_id),
    ).subquery()
    found = await session.execute(
        select(named.c.rank, func.count(named.c.member_id.distinct()).label("members"))
        .where(named.c.rank.in_(list(moved)))
        .group_by(named.c.rank)
        .order_by(named.c.rank)
        .limit(1)
    )
    used = found.one_or_none()
    if used is not None:
        raise LevelInUse(level=moved[used.rank], members=used.members)


async def _keep_version(
    session: Session,
    scheme_id: int,
    version: int,
    parameters: Mapping[str, Any],
    levels: Sequence[Mapping[str, Any]],
    actor: str,
) -> None:
    await session.execute(
        tier_scheme_version.insert().values(
            scheme_id=scheme_id,
            version=version,
            parameters=parameters,
            levels=list(levels),
            published_at=clock.now(),
            actor=actor,
        )
    )

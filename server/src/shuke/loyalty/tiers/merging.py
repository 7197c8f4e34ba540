"""What tiers do when two members become one, or two again: the better level stays, and comes apart as it was."""

from collections.abc import Sequence
from datetime import UTC, datetime

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import events
from shuke.platform.db import Session, dump_json, raw
from shuke.platform.i18n import Language, LocalName

from .actions import lock_standings, save, write_levels
from .events import TierChanged
from .queries import SchemeView, StandingView, find_scheme_view, find_standing
from .rules import Change, Reason, Scheme, Standing, put_back, snapshot
from .schemes import find_scheme

# Where somebody stands, locked for a change or only looked at; None: nowhere yet.
_Stand = Standing | StandingView | None

_ENDLESS = datetime.max.replace(tzinfo=UTC)
_LABEL = LocalName("等级", "Level")
_NONE = LocalName("无", "none")

_LEAVE = "delete from member_tier where member_id = $1 and scheme_id = $2"
_LAST = """
    select change_no, explanation from tier_change
    where member_id = $1 and scheme_id = $2 and reason = 'merged' and (explanation ->> 'merge_id')::bigint = $3
    order by change_no desc limit 1
"""


async def preview(
    session: Session, absorbed_id: int, survivor_id: int, language: Language
) -> Sequence[members.MergeLine]:
    """The levels of both, and the better one."""
    scheme = await find_scheme_view(session)
    if scheme is None:
        return []
    absorbed = await find_standing(session, scheme.scheme_id, absorbed_id)
    survivor = await find_standing(session, scheme.scheme_id, survivor_id)
    after = absorbed if _is_better(absorbed, survivor) else survivor
    shown = [_name(scheme, standing, language) for standing in (absorbed, survivor, after)]
    return [members.MergeLine(label=_LABEL, absorbed=shown[0], survivor=shown[1], after=shown[2])]


def _name(scheme: SchemeView, standing: StandingView | None, language: Language) -> str:
    level = scheme.level(standing.rank) if standing else None
    return (level.name if level else _NONE).pick(language)


async def merge(session: Session, merging: members.Merging) -> None:
    """The survivor gets the better level of both; the absorbed member stands nowhere any more."""
    scheme = await find_scheme(session)
    if scheme is None:
        return
    found = await lock_standings(session, scheme, sorted([merging.absorbed_id, merging.survivor_id]))
    absorbed, survivor = found[merging.absorbed_id], found[merging.survivor_id]
    if absorbed.rank == 0:
        return
    if _is_better(absorbed, survivor):
        _set(survivor, absorbed, "merged", merging)
    await _leave(session, scheme, absorbed, merging)
    await save(session, scheme, [survivor])
    await write_levels(session, scheme, [survivor], (await organization.get_shop(session)).zone)


async def undo(session: Session, merging: members.Merging) -> None:
    """Each stands where they stood, unless the survivor has been judged since."""
    scheme = await find_scheme(session)
    if scheme is None:
        return
    found = await lock_standings(session, scheme, sorted([merging.absorbed_id, merging.survivor_id]))
    for member_id, standing in sorted(found.items()):
        driver = await raw(session)
        last = await driver.fetchrow(_LAST, member_id, scheme.scheme_id, merging.merge_id)
        if last is None or (member_id == merging.survivor_id and last["change_no"] != standing.change_count):
            continue
        before = Standing(member_id)
        put_back(before, last["explanation"]["before"])
        standing.change_count = last["change_no"]
        _set(standing, before, "parted", merging)
        await save(session, scheme, [standing])
        await write_levels(session, scheme, [standing], (await organization.get_shop(session)).zone)


def _is_better(one: _Stand, other: _Stand) -> bool:
    return _worth(one) > _worth(other)


def _worth(standing: _Stand) -> tuple[int, datetime]:
    return (standing.rank, standing.valid_until or _ENDLESS) if standing else (0, _ENDLESS)


def _set(standing: Standing, wanted: Standing, reason: Reason, merging: members.Merging) -> None:
    before = snapshot(standing)
    standing.change_count += 1
    standing.changes.append(
        Change(
            change_no=standing.change_count,
            from_rank=standing.rank or None,
            to_rank=wanted.rank,
            reason=reason,
            at=merging.at,
            valid_until=wanted.valid_until,
            explanation={"merge_id": merging.merge_id, "before": before},
        )
    )
    put_back(standing, snapshot(wanted))


async def _leave(session: Session, scheme: Scheme, absorbed: Standing, merging: members.Merging) -> None:
    """Note where the absorbed member stood, for coming back, and count them no more."""
    level = next(level.code for level in scheme.levels if level.rank == absorbed.rank)
    driver = await raw(session)
    await driver.execute(
        """
        insert into tier_change (member_id, scheme_id, change_no, from_rank, to_rank, reason, at, recorded_at,
            valid_until, explanation, scheme_version)
        values ($1, $2, $3, $4, $4, 'merged', $5, $5, $6, $7, $8)
        """,
        *(
            absorbed.member_id,
            scheme.scheme_id,
            absorbed.change_count + 1,
            absorbed.rank,
            merging.at,
            absorbed.valid_until,
        ),
        dump_json({"merge_id": merging.merge_id, "before": snapshot(absorbed)}),
        scheme.version,
    )
    await driver.execute(_LEAVE, absorbed.member_id, scheme.scheme_id)
    await events.publish(
        session,
        [
            TierChanged(
                member_id=absorbed.member_id,
                occurred_at=merging.at,
                scheme=scheme.code,
                from_level=level,
                to_level=None,
                reason="merged",
                valid_until=None,
            )
        ],
    )


PART = members.MergePart(key="tiers", preview=preview, merge=merge, undo=undo)

"""Questions about acts on many members."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select

from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.module import contributions
from shuke.platform.pages import BadCursor, Page, decode_cursor, encode_cursor

from .errors import BulkActNotFound, UnknownAction
from .extensions import BulkAction
from .tables import bulk_act, bulk_member

State = Literal["approval", "waiting", "running", "done", "stopped", "failed", "rejected", "undoing", "undone"]
UNDO_WITHIN = timedelta(days=1)
_SORT = "-bulk"
_ENDED = ("done", "stopped", "failed")
# What an undo leaves alone is skipped because of this.
CHANGED_SINCE = "changed_since"
# Reasons that every action has.
REASONS: Mapping[str, LocalName] = {
    "out_of_sight": LocalName("已不在您的数据范围内", "no longer within what you may see"),
    CHANGED_SINCE: LocalName("撤销时未改回：之后又有人改过", "not put back: somebody has changed it since"),
    "gone": LocalName("已合并到其他会员或已删除", "merged into somebody else, or erased"),
}
_ID_OF_NEXT = """
    select member_id, before from bulk_member
    where bulk_id = $1 and member_id > $2 and state = $3 order by member_id limit $4
"""
# What has not ended may still be done to all who were not skipped so far.
_ALONE = """
    select coalesce(sum(case when state in ('waiting', 'running')
        then members - (select coalesce(sum(value::int), 0) from jsonb_each_text(skipped)) else done end), 0)::bigint
    from bulk_act
    where asked_by = $1 and action = $2 and asked_at > $3 and approved_by is null and state <> 'approval'
"""


@dataclass(frozen=True, kw_only=True)
class BulkAct:
    """An act, and how far it is."""

    bulk_id: int
    action: str
    parameters: Mapping[str, Any]
    filters: Mapping[str, Any] | None
    reason: str
    state: State
    asked_by: int
    asked_at: datetime
    approved_by: str | None
    members: int
    done: int
    skipped: Mapping[str, int]
    undone: int
    after_id: int
    started_at: datetime | None
    ended_at: datetime | None
    problem: Mapping[str, Any] | None

    @property
    def undo_until(self) -> datetime | None:
        """Until when it can be undone; None: not at all."""
        action = find_action(self.action)
        if action is None or action.undo is None or self.state not in _ENDED or self.ended_at is None or not self.done:
            return None
        return self.ended_at + UNDO_WITHIN if clock.wall() < self.ended_at + UNDO_WITHIN else None


def actions() -> dict[str, BulkAction]:
    """Every action by its key, in the order in which people see them."""
    return {action.key: action for action in contributions(BulkAction)}


def find_action(key: str) -> BulkAction | None:
    """An action, or None."""
    return actions().get(key)


def get_action(key: str) -> BulkAction:
    """An action. Raises UnknownAction."""
    found = find_action(key)
    if found is None:
        raise UnknownAction(choices=", ".join(actions()))
    return found


def reason_words(action: BulkAction | None, why: str) -> LocalName:
    """Why a member was skipped, in words."""
    known = {**REASONS, **(action.reasons if action is not None else {})}
    return known.get(why, LocalName("不能做这项操作", "it cannot be done to them"))


async def get_act(session: Session, bulk_id: int, *, asked_by: int | None, hold: bool = False) -> BulkAct:
    """An act. `asked_by`: only this user's; None: anybody's. Raises BulkActNotFound."""
    wanted = select(bulk_act).where(bulk_act.c.bulk_id == bulk_id)
    row = (await session.execute(wanted.with_for_update() if hold else wanted)).mappings().one_or_none()
    if row is None or asked_by not in (None, row["asked_by"]):
        raise BulkActNotFound
    return BulkAct(**row)


async def list_acts(session: Session, *, asked_by: int | None, limit: int, cursor: str | None) -> Page[BulkAct]:
    """Acts, the newest first. `asked_by`: only this user's. Raises BadCursor."""
    wanted = select(bulk_act).order_by(bulk_act.c.bulk_id.desc()).limit(limit + 1)
    if asked_by is not None:
        wanted = wanted.where(bulk_act.c.asked_by == asked_by)
    if cursor is not None:
        (before,) = decode_cursor(cursor, _SORT, 1)
        if type(before) is not int or abs(before) >= 2**63:
            raise BadCursor
        wanted = wanted.where(bulk_act.c.bulk_id < before)
    found = [BulkAct(**row) for row in (await session.execute(wanted)).mappings()]
    more = encode_cursor(_SORT, [found[limit - 1].bulk_id]) if len(found) > limit else None
    return Page(found[:limit], more)


async def count_alone(session: Session, user_id: int, action: str) -> int:
    """To how many members a person did one thing without a second one in the last 24 hours, or is about to."""
    driver = await raw(session)
    since = clock.wall() - timedelta(days=1)
    return int(await driver.fetchval(_ALONE, user_id, action, since))


async def next_of(session: Session, act: BulkAct, state: str, limit: int) -> list[tuple[int, Mapping[str, Any] | None]]:
    """The next members of an act in a state, each with what was before."""
    driver = await raw(session)
    rows = await driver.fetch(_ID_OF_NEXT, act.bulk_id, act.after_id, state, limit)
    return [(row["member_id"], row["before"]) for row in rows]


async def list_skipped(session: Session, bulk_id: int, sight: Sight) -> list[tuple[int, str]]:
    """The members whom an act left as they were, and those whom its undo left: (id, why)."""
    column = bulk_member.c
    rows = await session.execute(
        select(column.member_id, column.why)
        .where(column.bulk_id == bulk_id, column.state.in_(("skipped", "kept")))
        .where(members.only_visible(column.member_id, sight))
        .order_by(column.member_id)
    )
    return [(row.member_id, row.why or "") for row in rows]

"""One act, some hundreds of members at a time.

What is done to members, and that it was done, is one transaction: wherever the process dies, the next one goes on
with the first member to whom nothing was done yet.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import structlog

from shuke.foundation import notices, staff
from shuke.people import members
from shuke.platform import audit, clock, jobs
from shuke.platform.actor import Actor
from shuke.platform.db import Session, dump_json, raw
from shuke.platform.errors import AppError
from shuke.platform.i18n import LocalName

from ..errors import NotAllowedByNow, NotUndoable
from ..extensions import BulkAction, BulkRun, Outcome
from ..permissions import BULK
from ..queries import CHANGED_SINCE, BulkAct, get_act, get_action, next_of
from .keeping import write
from .places import PAGE

AT_A_TIME = 500
_NOTE = """
    update bulk_member b set state = w.state, why = w.why, before = w.before::jsonb
    from unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) as w (member_id, state, why, before)
    where b.bulk_id = $1 and b.member_id = w.member_id
"""
_NOTE_BACK = """
    update bulk_member b set state = w.state, why = w.why
    from unnest($2::bigint[], $3::text[], $4::text[]) as w (member_id, state, why)
    where b.bulk_id = $1 and b.member_id = w.member_id
"""

_ENDS = {
    "done": LocalName("已完成", "is done"),
    "undone": LocalName("已撤销", "was undone"),
    "failed": LocalName("没有做完", "could not go on"),
}
_AT_WORK = ("waiting", "running", "undoing")

logger = structlog.get_logger("shuke.bulk")


async def run(payload: dict[str, Any]) -> None:
    """Go on with an act, or with its undo, from where it stands."""
    bulk_id: int = payload["bulk_id"]
    is_over = False
    while not is_over:
        async with jobs.database().advisory_lock(f"bulk:{bulk_id}") as is_mine:
            if not is_mine:
                return
            await _go_on(bulk_id)
        # Its undo may have been asked for since the last look, and found the act in these hands.
        async with jobs.transaction() as session:
            is_over = (await get_act(session, bulk_id, asked_by=None)).state not in _AT_WORK


async def _go_on(bulk_id: int) -> None:
    try:
        is_over = False
        while not is_over:
            async with jobs.transaction() as session:
                is_over = await _step(session, bulk_id)
    except AppError as error:
        logger.warning("an act on many members could not go on", bulk=bulk_id, code=error.code)
        await _fail(bulk_id, error)


async def _step(session: Session, bulk_id: int) -> bool:
    """One step; whether it was the last."""
    act = await get_act(session, bulk_id, asked_by=None, hold=True)
    if act.state == "undoing":
        return await _step_back(session, act)
    if act.state not in ("waiting", "running"):
        return True
    action = get_action(act.action)
    actor = await _actor(session, act, action)
    some = [member_id for member_id, _ in await next_of(session, act, "waiting", AT_A_TIME)]
    if not some:
        await _end(session, act, actor, "done")
        return True
    done = BulkRun(bulk_id=act.bulk_id, actor=actor, reason=act.reason, approved_by=act.approved_by)
    outcomes = await _perform(session, action, done, action.parameters.model_validate(act.parameters), some)
    await _note(session, act, outcomes)
    return False


async def _actor(session: Session, act: BulkAct, action: BulkAction) -> Actor:
    """Whoever asked, with what they may do and see at this moment. Raises NotAllowedByNow."""
    actor = await staff.find_actor(session, act.asked_by)
    if actor is None or not {BULK.code, action.permission} <= actor.permissions:
        raise NotAllowedByNow
    return actor


async def _perform(
    session: Session, action: BulkAction, done: BulkRun, parameters: Any, some: Sequence[int]
) -> list[Outcome]:
    """Do it to those for whom nothing speaks against it by now; nobody is merged meanwhile."""
    by_now = await members.roots(session, some, hold=True)
    statuses = await members.statuses(session, some)
    skipped = {one: "gone" for one in some if by_now.get(one) != one or statuses.get(one) == "erased"}
    seen = await members.seen_among(session, [one for one in some if one not in skipped], done.actor.sight)
    skipped |= {one: "out_of_sight" for one in some if one not in skipped and one not in seen}
    left = [one for one in some if one not in skipped]
    skipped |= (await action.plan(session, done.actor, parameters, left)).skipped
    wanted = [one for one in left if one not in skipped]
    outcomes = list(await action.perform(session, done, parameters, wanted)) if wanted else []
    return outcomes + [Outcome(member_id=one, why=why) for one, why in skipped.items()]


async def _note(session: Session, act: BulkAct, outcomes: Sequence[Outcome]) -> None:
    driver = await raw(session)
    await driver.execute(
        _NOTE,
        act.bulk_id,
        [one.member_id for one in outcomes],
        ["done" if one.why is None else "skipped" for one in outcomes],
        [one.why for one in outcomes],
        [None if one.before is None else dump_json(one.before) for one in outcomes],
    )
    why = Counter(act.skipped)
    why.update(one.why for one in outcomes if one.why is not None)
    await write(
        session,
        act.bulk_id,
        state="running",
        started_at=act.started_at or clock.wall(),
        after_id=max(one.member_id for one in outcomes),
        done=act.done + sum(1 for one in outcomes if one.why is None),
        skipped=dict(why),
    )


async def _step_back(session: Session, act: BulkAct) -> bool:
    action = get_action(act.action)
    actor = await _actor(session, act, action)
    if action.undo is None:
        raise NotUndoable
    rows = await next_of(session, act, "done", AT_A_TIME)
    if not rows:
        await _end(session, act, actor, "undone")
        return True
    done = BulkRun(bulk_id=act.bulk_id, actor=actor, reason=act.reason, approved_by=act.approved_by)
    before = {member_id: values for member_id, values in rows if values is not None}
    back = await action.undo(session, done, action.parameters.model_validate(act.parameters), before)
    kept = [member_id for member_id, _ in rows if member_id not in back]
    driver = await raw(session)
    await driver.execute(
        _NOTE_BACK,
        act.bulk_id,
        [*sorted(back), *kept],
        ["undone"] * len(back) + ["kept"] * len(kept),
        [None] * len(back) + [CHANGED_SINCE] * len(kept),
    )
    why = Counter(act.skipped)
    why[CHANGED_SINCE] += len(kept)
    await write(session, act.bulk_id, after_id=rows[-1][0], undone=act.undone + len(back), skipped=dict(+why))
    return False


async def _end(session: Session, act: BulkAct, actor: Actor, state: str) -> None:
    """One line of the trail for all that was done."""
    await write(session, act.bulk_id, state=state, ended_at=clock.wall())
    details = {"action": act.action, "members": act.members, "done": act.done, "skipped": dict(act.skipped)}
    if state == "undone":
        details["undone"] = act.undone
    await audit.record(session, actor, f"bulk.{state}", "bulk-acts", act.bulk_id, details)
    await _tell(session, act, state)


async def _fail(bulk_id: int, error: AppError) -> None:
    async with jobs.transaction() as session:
        act = await get_act(session, bulk_id, asked_by=None, hold=True)
        if act.state in _AT_WORK:
            await write(session, bulk_id, state="failed", ended_at=clock.wall(), problem=error.kept())
            await _tell(session, act, "failed", LocalName(error.say("zh"), error.say("en")))


async def _tell(session: Session, act: BulkAct, state: str, wrong: LocalName | None = None) -> None:
    """Let whoever asked for it know how it ended."""
    label, end = get_action(act.action).label, _ENDS[state]
    told = notices.Notice(
        kind="bulk.done",
        # What is done may be undone, and is told of again.
        key=f"bulk:{act.bulk_id}:{state}",
        title=LocalName(f"批量{label.zh}{end.zh}", f"{label.en} for many members {end.en}"),
        detail=wrong or LocalName("", ""),
        link=PAGE,
        tone="good" if wrong is None else "bad",
        users=[act.asked_by],
    )
    await notices.tell(session, told)

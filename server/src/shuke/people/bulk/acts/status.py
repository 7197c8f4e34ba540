"""Freezing members, and making them active again."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shuke.people import members
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..extensions import BulkAction, BulkRun, Outcome, Plan
from .replacing import ALREADY, already, outcomes, untouched


class StatusParameters(BaseModel):
    """What members are from now on."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["active", "frozen"]


async def check(session: Session, actor: Actor, parameters: StatusParameters) -> None:
    """Every status can be asked for."""
    del session, actor, parameters


async def plan(session: Session, actor: Actor, parameters: StatusParameters, member_ids: Sequence[int]) -> Plan:
    """Who is so already is skipped, and who has left: that is undone one by one."""
    del actor
    found = await members.statuses(session, member_ids)
    skipped = {one: ALREADY for one, status in found.items() if status == parameters.status}
    return Plan(skipped=skipped | {one: "cancelled" for one, status in found.items() if status == "cancelled"})


async def perform(
    session: Session, run: BulkRun, parameters: StatusParameters, member_ids: Sequence[int]
) -> list[Outcome]:
    """Each change stands in the member's history, with the reason."""
    before = await members.statuses(session, member_ids)
    changed = await members.set_status(session, member_ids, parameters.status, reason=run.reason, actor=run.actor.name)
    made = await members.last_status_changes(session, changed)
    return outcomes(member_ids, {one: {"status": before[one]} for one in changed}, made)


async def undo(
    session: Session, run: BulkRun, parameters: StatusParameters, before: Mapping[int, Mapping[str, Any]]
) -> set[int]:
    """Back to what they were, unless somebody has changed it since."""
    del parameters
    same = untouched(before, await members.last_status_changes(session, list(before)))
    back: set[int] = set()
    for status in ("active", "frozen"):
        were = [one for one in same if before[one]["status"] == status]
        back |= set(await members.set_status(session, were, status, reason=run.reason, actor=run.actor.name))
    return back


STATUS = BulkAction(
    key="status",
    label=LocalName("冻结或恢复", "Freeze or restore"),
    permission=members.STATUS.code,
    parameters=StatusParameters,
    reasons={
        **already("已经是这个状态", "is so already"),
        "cancelled": LocalName("已注销，请逐个恢复", "has left: restore them one by one"),
    },
    check=check,
    plan=plan,
    perform=perform,
    undo=undo,
)

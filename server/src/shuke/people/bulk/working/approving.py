"""A second person's agreement to a large act, or refusal."""

from collections.abc import Mapping
from typing import Any

from shuke.foundation import staff
from shuke.platform import clock, jobs
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..errors import BulkActEnded, BulkActRejected, NobodyDecided
from ..queries import get_act
from .keeping import write
from .places import PAGE, RUN


def approval_kind(*, code: str, name: LocalName, permission: str) -> staff.ApprovalKind:
    """The kind of approval that large acts of an action wait for; the action's module contributes it."""
    return staff.ApprovalKind(code=code, name=name, permission=permission, perform=_approved, drop=_refused, link=PAGE)


async def _approved(session: Session, actor: Actor, payload: Mapping[str, Any]) -> None:
    act = await get_act(session, payload["bulk_id"], asked_by=None, hold=True)
    if act.state != "approval":
        raise BulkActEnded
    await write(session, act.bulk_id, state="waiting", approved_by=actor.name)
    await jobs.enqueue(session, RUN, {"bulk_id": act.bulk_id})


async def _refused(session: Session, payload: Mapping[str, Any], refused: staff.ApprovalRefused) -> None:
    """It ends, and says why. Whoever asked is told by those who tell of approvals."""
    act = await get_act(session, payload["bulk_id"], asked_by=None, hold=True)
    if act.state != "approval":
        return
    if refused.state == "withdrawn":
        await write(session, act.bulk_id, state="stopped", ended_at=clock.wall())
        return
    why = BulkActRejected(note=refused.note or "") if refused.state == "rejected" else NobodyDecided()
    await write(session, act.bulk_id, state="rejected", ended_at=clock.wall(), problem=why.kept())

"""A second person's agreement to a large act."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from shuke.foundation import staff
from shuke.platform import jobs
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from ..errors import BulkActEnded
from ..queries import get_act
from ..tables import bulk_act
from .places import RUN


def approval_kind(*, code: str, name: LocalName, permission: str) -> staff.ApprovalKind:
    """The kind of approval that large acts of an action wait for; the action's module contributes it."""
    return staff.ApprovalKind(code=code, name=name, permission=permission, perform=_approved)


async def _approved(session: Session, actor: Actor, payload: Mapping[str, Any]) -> None:
    act = await get_act(session, payload["bulk_id"], asked_by=None, hold=True)
    if act.state != "approval":
        raise BulkActEnded
    changed = {"state": "waiting", "approved_by": actor.name}
    await session.execute(update(bulk_act).where(bulk_act.c.bulk_id == act.bulk_id).values(**changed))
    await jobs.enqueue(session, RUN, {"bulk_id": act.bulk_id})

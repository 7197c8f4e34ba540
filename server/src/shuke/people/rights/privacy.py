"""What requests, and the audit trail, hold about members."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Text, any_, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.people import members
from shuke.platform.audit import audit
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from . import queries
from .tables import rights_copy, rights_copy_part, rights_note, rights_request


async def export_requests(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """Every step of every request, with what was said."""
    ids = any_(bindparam(None, list(member_ids), type_=ARRAY(BigInteger)))
    found = await session.execute(
        select(rights_request).where(rights_request.c.member_id == ids).order_by(rights_request.c.request_id)
    )
    for row in found.all():
        for step in await queries.list_steps(session, row.request_id):
            yield {
                "request_id": row.request_id,
                "kind": row.kind,
                "channel": row.channel,
                "state": row.state,
                "received_at": row.received_at.isoformat(),
                "due_on": row.due_on.isoformat(),
                "verified_how": row.verified_how,
                "step": step.step_no,
                "at": step.at.isoformat(),
                "action": step.action,
                "details": dict(step.details),
                "note": step.note,
            }


async def erase_requests(session: Session, member_ids: Sequence[int]) -> int:
    """Delete what was said, and the copies that were made; that there were requests stays."""
    ids = any_(bindparam(None, list(member_ids), type_=ARRAY(BigInteger)))
    done = 0
    for table in (rights_note, rights_copy_part):
        done += (await session.execute(delete(table).where(table.c.member_id == ids))).rowcount
    await session.execute(update(rights_copy).where(rights_copy.c.member_id == ids).values(state="gone"))
    return done


async def export_trail(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """The lines of the audit trail about the member: who did what, when. They hold nothing personal."""
    numbers = [str(member_id) for member_id in member_ids]
    objects = bindparam(None, [*numbers], type_=ARRAY(Text))
    ids = bindparam(None, list(member_ids), type_=ARRAY(BigInteger))
    of_member = or_(
        audit.c.member_id == any_(ids), (audit.c.object_kind == "members") & (audit.c.object_id == any_(objects))
    )
    found = await session.execute(
        select(audit.c.at, audit.c.actor, audit.c.action, audit.c.details).where(of_member).order_by(audit.c.id)
    )
    for row in found:
        yield {"at": row.at.isoformat(), "actor": row.actor, "action": row.action, "details": row.details}


PERSONAL_DATA = (
    members.PersonalData(
        key="requests",
        label=LocalName("权利请求", "Requests"),
        export=export_requests,
        erase=erase_requests,
        kept=LocalName(
            "请求的种类、时间与结果，不含内容：证明已按期答复",
            "Kind, times and outcome of requests, not what was said: proof that they were answered in time",
        ),
    ),
    members.PersonalData(
        key="audit",
        label=LocalName("操作日志", "Audit trail"),
        export=export_trail,
        kept=LocalName(
            "谁在何时对该会员号做了什么，不含个人信息：法律要求留存日志",
            "Who did what to this member number and when, nothing personal: the law asks for logs to be kept",
        ),
    ),
)

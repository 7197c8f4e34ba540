"""Large acts that a second person approves; where only one may, that one types a confirmation."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.module import contributions
from shuke.platform.refusals import NotAllowed

from ..errors import ApprovalDecided, ApprovalNotFound, ApprovalOfOneself, ConfirmationWrong
from ..extensions import ApprovalKind, ApprovalListener, ApprovalNews, ApprovalRefused
from ..queries import Approval, ApprovalState, list_allowed, lock_approval
from ..tables import approval

# What nobody has decided for so long was not wanted.
WAITS_FOR = timedelta(days=14)


async def ask_approval(
    session: Session, actor: Actor, *, kind: ApprovalKind, summary: LocalName, payload: Mapping[str, Any]
) -> int:
    """Keep a large act until somebody approves it. The payload holds ids, codes and numbers alone."""
    values = {
        "kind": kind.code,
        "summary_zh": summary.zh,
        "summary_en": summary.en,
        "payload": dict(payload),
        "payload_hash": _hash(payload),
        "state": "waiting",
        "requested_by": actor.id,
        "requested_at": clock.wall(),
    }
    new = insert(approval).values(values).returning(approval.c.approval_id)
    approval_id: int = (await session.execute(new)).scalar_one()
    await audit.record(session, actor, "approvals.asked", "approval", approval_id, {"kind": kind.code})
    await _announce(session, kind, approval_id, "waiting", actor.id)
    return approval_id


async def approve(session: Session, actor: Actor, approval_id: int, *, confirmation: str | None) -> None:
    """Approve a large act and do it, in one transaction.

    Raises ApprovalNotFound, ApprovalDecided, NotAllowed, ApprovalOfOneself, ConfirmationWrong, and what the act raises.
    """
    asked = await _waiting(session, approval_id)
    kind = _kind_of(asked)
    _require(actor, kind)
    is_alone = asked.requested_by == actor.id
    if is_alone:
        others = await list_allowed(session, kind.permission) - {actor.id}
        if others:
            raise ApprovalOfOneself
        if (confirmation or "").strip() != confirmation_of(asked):
            raise ConfirmationWrong(expected=confirmation_of(asked))
    if _hash(asked.payload) != asked.payload_hash:
        raise ApprovalDecided
    await kind.perform(session, actor, asked.payload)
    await _decide(session, actor, asked, "approved")
    action = "approvals.approved_alone" if is_alone else "approvals.approved"
    await audit.record(session, actor, action, "approval", approval_id, {"kind": asked.kind})


async def reject(session: Session, actor: Actor, approval_id: int, *, note: str) -> None:
    """Refuse a large act, or withdraw one's own. Raises ApprovalNotFound, ApprovalDecided and NotAllowed."""
    asked = await _waiting(session, approval_id)
    if asked.requested_by == actor.id:
        await _refuse(session, actor, asked, "withdrawn", note)
        return
    _require(actor, _kind_of(asked))
    await _refuse(session, actor, asked, "rejected", note)


async def withdraw_approval(session: Session, actor: Actor, *, kind: str, payload: Mapping[str, Any]) -> bool:
    """Ask for a large act no more, and end what waits for it; whether it still waited.

    Call it before what waits is locked: deciding locks in that order.
    """
    column = approval.c
    waiting = (column.kind == kind, column.payload_hash == _hash(payload), column.state == "waiting")
    approval_id = (await session.execute(select(column.approval_id).where(*waiting))).scalar_one_or_none()
    if approval_id is None:
        return False
    asked = await lock_approval(session, approval_id)
    if asked.state != "waiting":
        return False
    await _refuse(session, actor, asked, "withdrawn", None)
    return True


async def expire_approvals(session: Session) -> None:
    """Close what has waited too long."""
    at = clock.wall()
    old = (approval.c.state == "waiting", approval.c.requested_at < at - WAITS_FOR)
    closed = update(approval).where(*old).values(state="expired", decided_at=at)
    columns = (approval.c.approval_id, approval.c.kind, approval.c.payload, approval.c.requested_by)
    kinds = {kind.code: kind for kind in contributions(ApprovalKind)}
    for row in (await session.execute(closed.returning(*columns))).all():
        if row.kind in kinds:
            await _drop(session, kinds[row.kind], row.payload, ApprovalRefused(state="expired"))
            await _announce(session, kinds[row.kind], row.approval_id, "expired", row.requested_by)


def confirmation_of(asked: Approval) -> str:
    """What the one person types who may approve alone."""
    return f"#{asked.id}"


async def _waiting(session: Session, approval_id: int) -> Approval:
    asked = await lock_approval(session, approval_id)
    if asked.state != "waiting" or clock.wall() - asked.requested_at >= WAITS_FOR:
        raise ApprovalDecided
    return asked


def _kind_of(asked: Approval) -> ApprovalKind:
    for kind in contributions(ApprovalKind):
        if kind.code == asked.kind:
            return kind
    raise ApprovalNotFound(approval=asked.id)


def _require(actor: Actor, kind: ApprovalKind) -> None:
    if kind.permission not in actor.permissions:
        raise NotAllowed(permission=kind.permission)


async def _refuse(
    session: Session, actor: Actor, asked: Approval, state: Literal["rejected", "withdrawn"], note: str | None
) -> None:
    await _drop(session, _kind_of(asked), asked.payload, ApprovalRefused(state=state, note=note))
    await _decide(session, actor, asked, state, note)


async def _drop(session: Session, kind: ApprovalKind, payload: Mapping[str, Any], refused: ApprovalRefused) -> None:
    if kind.drop is not None:
        await kind.drop(session, payload, refused)


async def _decide(
    session: Session, actor: Actor, asked: Approval, state: ApprovalState, note: str | None = None
) -> None:
    # A program may call off what a person asked for; it is nobody of the staff.
    decided_by = actor.id if actor.kind == "staff" else None
    values = {"state": state, "decided_by": decided_by, "decided_at": clock.wall(), "note": note}
    await session.execute(update(approval).where(approval.c.approval_id == asked.id).values(values))
    await _announce(session, _kind_of(asked), asked.id, state, asked.requested_by, decided_by)


async def _announce(
    session: Session,
    kind: ApprovalKind,
    approval_id: int,
    state: ApprovalState,
    requested_by: int,
    decided_by: int | None = None,
) -> None:
    news = ApprovalNews(
        approval_id=approval_id,
        kind=kind,
        state=state,
        requested_by=requested_by,
        decided_by=decided_by,
    )
    for listener in contributions(ApprovalListener):
        await listener.hear(session, news)


def _hash(payload: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps(dict(payload), sort_keys=True).encode()).digest()

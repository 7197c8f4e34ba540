"""Large acts that wait, or were decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from shuke.platform.db import Session
from shuke.platform.i18n import LocalName
from shuke.platform.pages import Page, decode_cursor, encode_cursor

from ..errors import ApprovalNotFound
from ..tables import approval

ApprovalState = Literal["waiting", "approved", "rejected", "withdrawn", "expired"]
_SORT = "approvals"


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A large act: what it would do, who asked, and what became of it."""

    id: int
    kind: str
    summary: LocalName
    payload: Mapping[str, Any]
    payload_hash: bytes
    state: ApprovalState
    requested_by: int
    requested_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    note: str | None


async def list_approvals(
    session: Session, *, state: ApprovalState | None, cursor: str | None, limit: int
) -> Page[Approval]:
    """Large acts, newest first. Raises pages.BadCursor."""
    query = select(approval).order_by(approval.c.approval_id.desc()).limit(limit + 1)
    if state is not None:
        query = query.where(approval.c.state == state)
    if cursor is not None:
        (before,) = decode_cursor(cursor, _SORT, 1)
        query = query.where(approval.c.approval_id < int(before))
    found = [_approval(row) for row in await session.execute(query)]
    return Page(found[:limit], encode_cursor(_SORT, [found[limit - 1].id]) if len(found) > limit else None)


async def lock_approval(session: Session, approval_id: int) -> Approval:
    """One large act, held until the transaction ends. Raises ApprovalNotFound."""
    query = select(approval).where(approval.c.approval_id == approval_id).with_for_update()
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise ApprovalNotFound(approval=approval_id)
    return _approval(row)


async def get_approval(session: Session, approval_id: int) -> Approval:
    """One large act. Raises ApprovalNotFound."""
    row = (await session.execute(select(approval).where(approval.c.approval_id == approval_id))).one_or_none()
    if row is None:
        raise ApprovalNotFound(approval=approval_id)
    return _approval(row)


def _approval(row: Any) -> Approval:
    return Approval(
        id=row.approval_id,
        kind=row.kind,
        summary=LocalName(row.summary_zh, row.summary_en),
        payload=row.payload,
        payload_hash=row.payload_hash,
        state=row.state,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
    )

"""The audit trail: who did what to which record, added to and never changed. It holds ids, never bodies."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform import clock, trace
from shuke.platform.actor import Actor
from shuke.platform.db import Session, dump_json, metadata, raw

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("wall_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object_kind", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("trace_id", Text, nullable=False),
    Column("details", JSONB, nullable=False),
    Index("audit_object_kind_object_id_id_idx", "object_kind", "object_id", "id"),
    Index("audit_actor_id_idx", "actor", "id"),
)


async def record(
    session: Session,
    actor: Actor,
    action: str,
    object_kind: str,
    object_id: str | int,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one line in the caller's transaction. `details` must hold nothing personal: ids, codes, field names."""
    driver = await raw(session)
    # The shop's clock may be set; what happened when on the machine must stay findable: hence both times.
    await driver.execute(
        """
        insert into audit (at, wall_at, actor, action, object_kind, object_id, trace_id, details)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        clock.now(),
        clock.wall(),
        actor.name,
        action,
        object_kind,
        str(object_id),
        trace.current(),
        dump_json(dict(details or {})),
    )

"""Large acts that wait for a second person."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

approval = Table(
    "approval",
    metadata,
    Column("approval_id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("summary_zh", Text, nullable=False),
    Column("summary_en", Text, nullable=False),
    # Ids, codes and numbers alone: nothing personal waits here.
    Column("payload", JSONB, nullable=False),
    Column("payload_hash", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("requested_by", BigInteger, ForeignKey("staff_user.user_id"), nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("decided_by", BigInteger, ForeignKey("staff_user.user_id"), nullable=True),
    Column("decided_at", DateTime(timezone=True), nullable=True),
    Column("note", Text, nullable=True),
    CheckConstraint("state in ('waiting', 'approved', 'rejected', 'withdrawn', 'expired')", name="state"),
    CheckConstraint("(state = 'waiting') = (decided_at is null)", name="decided"),
    Index("approval_state_approval_id_idx", "state", "approval_id"),
)

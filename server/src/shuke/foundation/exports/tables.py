"""Table of exports. Private to the module."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

export = Table(
    "export",
    metadata,
    Column("export_id", BigInteger, Identity(always=True), primary_key=True),
    Column("list", Text, nullable=False),
    Column("filters", JSONB, nullable=False),
    Column("columns", JSONB, nullable=False),
    Column("format", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("is_unmasked", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_by", BigInteger, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("approved_by", BigInteger, nullable=True),
    Column("rows_done", BigInteger, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=True),
    Column("finished_at", DateTime(timezone=True), nullable=True),
    Column("expires_at", DateTime(timezone=True), nullable=True),
    Column("file_path", Text, nullable=True),
    Column("file_bytes", BigInteger, nullable=True),
    # The key of the file, wrapped; it goes when the file goes.
    Column("wrapped_key", LargeBinary, nullable=True),
    Column("kek_version", SmallInteger, nullable=True),
    # What the marks of the file say.
    Column("mark", Text, nullable=False),
    Column("problem", JSONB, nullable=True),
    CheckConstraint(
        "state in ('approval', 'waiting', 'running', 'done', 'failed', 'refused', 'expired')", name="state"
    ),
    CheckConstraint("format in ('csv', 'xlsx')", name="format"),
    Index("export_asked_by_idx", "asked_by", "export_id"),
)

Index("export_expires_at_idx", export.c.expires_at, postgresql_where=export.c.expires_at.is_not(None))

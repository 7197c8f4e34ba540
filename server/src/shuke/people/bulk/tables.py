"""Tables of acts on many members. Private to the module."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

bulk_act = Table(
    "bulk_act",
    metadata,
    Column("bulk_id", BigInteger, Identity(always=True), primary_key=True),
    Column("action", Text, nullable=False),
    Column("parameters", JSONB, nullable=False),
    # What the list was narrowed to, without what was searched for; null: members were picked one by one.
    Column("filters", JSONB(none_as_null=True), nullable=True),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_by", BigInteger, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("approved_by", Text, nullable=True),
    Column("members", Integer, nullable=False),
    Column("done", Integer, nullable=False, server_default=text("0")),
    # How many were skipped, by why.
    Column("skipped", JSONB, nullable=False, server_default=text("'{}'")),
    Column("undone", Integer, nullable=False, server_default=text("0")),
    # The last member who was looked at, on the way there or back.
    Column("after_id", BigInteger, nullable=False, server_default=text("0")),
    Column("started_at", DateTime(timezone=True), nullable=True),
    Column("ended_at", DateTime(timezone=True), nullable=True),
    Column("problem", JSONB(none_as_null=True), nullable=True),
    CheckConstraint(
        "state in ('approval', 'waiting', 'running', 'done', 'stopped', 'failed', 'rejected', 'undoing', 'undone')",
        name="state",
    ),
    Index("bulk_act_asked_by_bulk_id_idx", "asked_by", "bulk_id"),
)

bulk_member = Table(
    "bulk_member",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("bulk_id", BigInteger, ForeignKey("bulk_act.bulk_id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=True),
    # What the act replaced, as its action knows it: what an undo puts back.
    Column("before", JSONB(none_as_null=True), nullable=True),
    CheckConstraint("state in ('waiting', 'done', 'skipped', 'undone', 'kept')", name="state"),
    Index("bulk_member_bulk_id_member_id_idx", "bulk_id", "member_id"),
)

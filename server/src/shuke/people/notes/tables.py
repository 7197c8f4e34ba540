"""Tables of notes and follow-ups. Private to the module."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from shuke.platform.db import metadata

# People write personal things: the text is sealed under the member's key, and unreadable once that is gone.
member_note = Table(
    "member_note",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("note_id", BigInteger, Identity(always=True), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    # As an actor is called in the trail, such as `staff:7`.
    Column("author", Text, nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("edited_by", Text, nullable=True),
    Column("edited_at", DateTime(timezone=True), nullable=True),
    Column("version", Integer, nullable=False),
)

member_follow_up = Table(
    "member_follow_up",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("follow_up_id", BigInteger, Identity(always=True), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("assignee_id", BigInteger, ForeignKey("staff_user.user_id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("ended_by", Text, nullable=True),
    Column("ended_at", DateTime(timezone=True), nullable=True),
    # When the assignee was told that it is due.
    Column("reminded_at", DateTime(timezone=True), nullable=True),
    Column("version", Integer, nullable=False),
    CheckConstraint("state in ('open', 'done', 'cancelled')", name="state"),
    CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
    Index("member_follow_up_state_idx", "state", "due_at", "follow_up_id"),
    Index("member_follow_up_assignee_id_idx", "assignee_id", "state", "due_at", "follow_up_id"),
    Index(
        "member_follow_up_reminded_at_idx",
        "due_at",
        postgresql_where=text("state = 'open' and reminded_at is null"),
    ),
)

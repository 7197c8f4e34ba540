"""Tables of notices. Private to the module."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from shuke.platform.db import metadata

staff_notice = Table(
    "staff_notice",
    metadata,
    Column("notice_id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    # What it is about and in which state: the same is told once.
    Column("key", Text, nullable=False),
    Column("tone", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("detail_zh", Text, nullable=False),
    Column("detail_en", Text, nullable=False),
    # A place in the console.
    Column("link", Text, nullable=True),
    Column("told_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("kind", "key"),
    CheckConstraint("tone in ('good', 'plain', 'warn', 'bad')", name="tone"),
    Index("staff_notice_told_at_idx", "told_at"),
)

staff_notice_recipient = Table(
    "staff_notice_recipient",
    metadata,
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), primary_key=True),
    Column("notice_id", BigInteger, ForeignKey("staff_notice.notice_id", ondelete="CASCADE"), primary_key=True),
    Column("read_at", DateTime(timezone=True), nullable=True),
    Index("staff_notice_recipient_notice_id_idx", "notice_id"),
    Index("staff_notice_recipient_unread_idx", "user_id", "notice_id", postgresql_where=text("read_at is null")),
)

# Only what differs from the kind's own default, and what was chosen once.
staff_notice_choice = Table(
    "staff_notice_choice",
    metadata,
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("is_on", Boolean, nullable=False),
)

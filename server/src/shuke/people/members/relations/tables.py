"""Who belongs to whose family. Private to members."""

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Index, Table, Text

from shuke.platform.db import metadata

# One row for both sides: `role` is what the other is to the member with the smaller id.
member_family = Table(
    "member_family",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("other_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("role", Text, nullable=False),
    Column("noted_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    CheckConstraint("role in ('spouse', 'parent', 'child', 'sibling', 'other')", name="role"),
    CheckConstraint("member_id < other_id", name="order"),
    Index("member_family_other_id_idx", "other_id", "member_id"),
)

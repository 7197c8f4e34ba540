"""Tables of tiers. Private to the module."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

tier_scheme = Table(
    "tier_scheme",
    metadata,
    Column("scheme_id", SmallInteger, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    # What counts, over which window, how long a level holds, how it falls: rules.Scheme.
    Column("parameters", JSONB, nullable=False),
    UniqueConstraint("code"),
)

tier_level = Table(
    "tier_level",
    metadata,
    Column("scheme_id", SmallInteger, ForeignKey("tier_scheme.scheme_id"), primary_key=True),
    Column("rank", SmallInteger, primary_key=True),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("threshold", BigInteger, nullable=False),
    Column("colour", Text, nullable=False),
    UniqueConstraint("scheme_id", "code"),
)

member_tier = Table(
    "member_tier",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("scheme_id", SmallInteger, ForeignKey("tier_scheme.scheme_id"), primary_key=True),
    Column("rank", SmallInteger, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    # First instant at which the level no longer holds without being judged again; null: holds for ever.
    Column("valid_until", DateTime(timezone=True), nullable=True),
    Column("change_count", Integer, nullable=False),
    Index("member_tier_valid_until_idx", "valid_until", postgresql_where=text("valid_until is not null")),
)

tier_change = Table(
    "tier_change",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("scheme_id", SmallInteger, primary_key=True),
    Column("change_no", Integer, primary_key=True),
    Column("from_rank", SmallInteger, nullable=True),
    Column("to_rank", SmallInteger, nullable=False),
    # entered | promoted | kept | demoted | manual | merged | parted
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("valid_until", DateTime(timezone=True), nullable=True),
    Column("explanation", JSONB, nullable=False),
)

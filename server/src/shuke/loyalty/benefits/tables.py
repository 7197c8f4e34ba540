"""Tables of benefits. Private to the module."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shuke.platform.db import metadata

benefit = Table(
    "benefit",
    metadata,
    Column("benefit_id", BigInteger, Identity(always=True), primary_key=True),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("description_zh", Text, nullable=False),
    Column("description_en", Text, nullable=False),
    # Codes of the levels that have it; none: every member.
    Column("levels", ARRAY(Text), nullable=False),
    # What it gives and when, as its kind reads it: rules/kinds.
    Column("parameters", JSONB, nullable=False),
    # First and last day, both included.
    Column("active_from", Date, nullable=True),
    Column("active_until", Date, nullable=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("code"),
    CheckConstraint("state in ('active', 'paused')", name="state"),
)

# What benefits need to know of every member, so that a night's work asks one table: the level as tiers announced it,
# the day of joining, and keyed hashes of the birthday's month and day in both calendars.
benefit_member = Table(
    "benefit_member",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True, autoincrement=False),
    Column("level", Text, nullable=True),
    Column("joined_on", Date, nullable=True),
    Column("solar", BigInteger, nullable=True),
    Column("lunar", BigInteger, nullable=True),
    # Which index key made the hashes.
    Column("index_version", SmallInteger, nullable=False),
    Index("benefit_member_level_idx", "level", "member_id"),
    Index("benefit_member_solar_idx", "solar", postgresql_where=text("solar is not null")),
    Index("benefit_member_lunar_idx", "lunar", postgresql_where=text("lunar is not null")),
    Index("benefit_member_joined_on_idx", "joined_on", postgresql_where=text("joined_on is not null")),
    Index("benefit_member_index_version_idx", "index_version"),
)

# Occasions that a member has had as somebody else, the holder, before a merge: they are not granted anew.
benefit_occasion = Table(
    "benefit_occasion",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("benefit_id", BigInteger, ForeignKey("benefit.benefit_id"), primary_key=True),
    Column("occasion", Text, primary_key=True),
    Column("holder_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("merge_id", BigInteger, nullable=False),
    Index("benefit_occasion_merge_id_idx", "merge_id"),
)

benefit_entitlement = Table(
    "benefit_entitlement",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("entitlement_id", BigInteger, Identity(always=True), primary_key=True),
    Column("benefit_id", BigInteger, ForeignKey("benefit.benefit_id"), nullable=False),
    Column("occasion", Text, nullable=False),
    # What was promised then; the benefit may promise something else by now.
    Column("gift", JSONB, nullable=False),
    Column("units", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    Column("granted_by", Text, nullable=False),
    Column("reason", Text, nullable=True),
    # First instant at which it can no longer be used; null: it stays.
    Column("expires_at", DateTime(timezone=True), nullable=True),
    Column("ended_at", DateTime(timezone=True), nullable=True),
    Column("ended_by", Text, nullable=True),
    Column("ended_because", Text, nullable=True),
    # The merge that ended it, as the same person had the occasion twice.
    Column("merge_id", BigInteger, nullable=True),
    UniqueConstraint("entitlement_id"),
    UniqueConstraint("member_id", "benefit_id", "occasion", name="benefit_entitlement_occasion_key"),
    CheckConstraint("state in ('open', 'used', 'expired', 'revoked')", name="state"),
    CheckConstraint("units > 0 and used between 0 and units", name="used"),
    Index(
        "benefit_entitlement_expires_at_idx",
        "expires_at",
        "entitlement_id",
        postgresql_where=text("state = 'open' and expires_at is not null"),
    ),
    Index("benefit_entitlement_benefit_id_idx", "benefit_id", "entitlement_id"),
)

# What was handed over, unit by unit. Added to, and never changed.
benefit_use = Table(
    "benefit_use",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("use_id", BigInteger, Identity(always=True), primary_key=True),
    Column("entitlement_id", BigInteger, ForeignKey("benefit_entitlement.entitlement_id"), nullable=False),
    Column("unit_no", Integer, nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), nullable=True),
    Column("employee_id", BigInteger, ForeignKey("employee.employee_id"), nullable=True),
    Column("order_number", Text, nullable=True),
    UniqueConstraint("entitlement_id", "unit_no"),
)

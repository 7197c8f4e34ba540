"""Tables of earning rules. Private to the module; a published version is never changed, only ended."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from shuke.platform.db import metadata

earning_rule = Table(
    "earning_rule",
    metadata,
    Column("rule_id", BigInteger, Identity(always=False), primary_key=True),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    UniqueConstraint("code"),
)

earning_rule_version = Table(
    "earning_rule_version",
    metadata,
    Column("rule_version_id", BigInteger, Identity(always=False), primary_key=True),
    Column("rule_id", BigInteger, ForeignKey("earning_rule.rule_id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("effective_from", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("definition", JSONB, nullable=False),
    Column("published_by", Text, nullable=False, server_default=text("'system:0'")),
    Column("note", Text, nullable=False, server_default=text("''")),
    # Where the rule was retired: since when it no longer holds, when that was decided, and by whom.
    Column("effective_until", DateTime(timezone=True), nullable=True),
    Column("retired_at", DateTime(timezone=True), nullable=True),
    Column("retired_by", Text, nullable=True),
    UniqueConstraint("rule_id", "version"),
    CheckConstraint("(retired_at is null) = (effective_until is null)", name="retired"),
)

earning_rule_draft = Table(
    "earning_rule_draft",
    metadata,
    Column("rule_id", BigInteger, ForeignKey("earning_rule.rule_id"), primary_key=True),
    Column("definition", JSONB, nullable=False),
    Column("note", Text, nullable=False, server_default=text("''")),
    # Counts how often the draft was saved; whoever saves names the one that they have read.
    Column("revision", Integer, nullable=False, server_default=text("1")),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Column("saved_by", Text, nullable=False),
)

earning_stamp = Table(
    "earning_stamp",
    metadata,
    Column("stamp_id", SmallInteger, primary_key=True, autoincrement=False),
    # Drawn anew by everything that changes which rules hold, in the same transaction, and never drawn twice.
    Column("stamp", UUID, nullable=False, server_default=text("gen_random_uuid()")),
    CheckConstraint("stamp_id = 1", name="single"),
)

"""Tables of earning rules. Private to the module; a published version is never changed."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, Integer, Table, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB

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
    Column("parameters", JSONB, nullable=False),
    UniqueConstraint("rule_id", "version"),
)

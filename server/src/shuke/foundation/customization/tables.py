"""Tables of custom fields. Private to the module. The values stand with the records that they are about."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

custom_field = Table(
    "custom_field",
    metadata,
    Column("field_id", BigInteger, Identity(always=True), primary_key=True),
    # What values are stored under and requests name the field by: chosen once, and never changed.
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label_zh", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("help_zh", Text, nullable=False),
    Column("help_en", Text, nullable=False),
    Column("group_zh", Text, nullable=False),
    Column("group_en", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("is_required", Boolean, nullable=False),
    Column("is_personal", Boolean, nullable=False),
    Column("is_archived", Boolean, nullable=False),
    Column("limits", JSONB, nullable=False),
    Column("choices", JSONB, nullable=False),
    Column("default_value", JSONB(none_as_null=True), nullable=True),
    Column("index_state", Text, nullable=False),
    Column("index_progress", SmallInteger, nullable=False),
    Column("index_problem", Text, nullable=True),
    Column("version", Integer, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("key"),
    CheckConstraint(
        "kind in ('text', 'long_text', 'number', 'money', 'date', 'boolean', 'choice', 'choices', 'url')", name="kind"
    ),
    CheckConstraint("index_state in ('none', 'building', 'ready', 'failed', 'dropping')", name="index_state"),
)

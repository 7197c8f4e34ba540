"""Tables of staff users. Private to the module."""

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
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shuke.platform.db import metadata

staff_user = Table(
    "staff_user",
    metadata,
    Column("user_id", BigInteger, Identity(always=True), primary_key=True),
    Column("username", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("is_password_temporary", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("language", Text, nullable=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("password_changed_at", DateTime(timezone=True), nullable=False),
    # The employee whom customers meet, where the user is one: "own" members are this employee's.
    Column("employee_id", BigInteger, ForeignKey("employee.employee_id"), nullable=True),
    UniqueConstraint("username"),
)

staff_role = Table(
    "staff_role",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    # Patterns over permission codes; see rules.expand.
    Column("permissions", ARRAY(Text), nullable=False),
    Column("is_built_in", Boolean, nullable=False),
    # Whose records a holder sees; the stores, regions and the employee stand with the user.
    Column("scope", Text, nullable=False, server_default=text("'all'")),
    # How personal fields are shown, by field; those left out are masked.
    Column("fields", JSONB, nullable=False, server_default=text("'{}'")),
    CheckConstraint("scope in ('all', 'regions', 'stores', 'own')", name="scope"),
)

staff_user_role = Table(
    "staff_user_role",
    metadata,
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), primary_key=True),
    Column("role_code", Text, ForeignKey("staff_role.code"), primary_key=True),
)

staff_user_store = Table(
    "staff_user_store",
    metadata,
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), primary_key=True),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), primary_key=True),
)

staff_user_region = Table(
    "staff_user_region",
    metadata,
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), primary_key=True),
    Column("region_id", BigInteger, ForeignKey("region.region_id"), primary_key=True),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("session_id", BigInteger, Identity(always=True), primary_key=True),
    # SHA-256 of the token: whoever reads the table cannot sign in with it.
    Column("token_hash", LargeBinary, nullable=False),
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("address", Text, nullable=False),
    Column("user_agent", Text, nullable=False),
    UniqueConstraint("token_hash"),
    Index("staff_session_user_id_idx", "user_id"),
    Index("staff_session_seen_at_idx", "seen_at"),
)

staff_sign_in_failure = Table(
    "staff_sign_in_failure",
    metadata,
    # Hashed, because people type their password into the wrong field.
    Column("username_hash", LargeBinary, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("locked_until", DateTime(timezone=True), nullable=True),
    Index("staff_sign_in_failure_last_at_idx", "last_at"),
)

"""Users, roles, sessions, and what the shop has chosen for all of them."""

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
    SmallInteger,
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
    # By which another identity provider's verified address finds the user.
    Column("email", Text, nullable=True),
    UniqueConstraint("username"),
    UniqueConstraint("email"),
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
    # Which of the three administrators' duties the role is; nobody holds two of them under the policy that parts them.
    Column("admin_kind", Text, nullable=True),
    CheckConstraint("scope in ('all', 'regions', 'stores', 'own')", name="scope"),
    CheckConstraint("admin_kind in ('system', 'security', 'audit')", name="admin_kind"),
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
    # When the person last showed who it is; sensitive acts ask for that within minutes.
    Column("proved_at", DateTime(timezone=True), nullable=True),
    Column("method", Text, nullable=False, server_default=text("'password'")),
    CheckConstraint("method in ('password', 'second_factor', 'passkey', 'provider')", name="method"),
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
    # How often this door was closed since the last success: each time for twice as long.
    Column("locks", Integer, nullable=False, server_default=text("0")),
    Index("staff_sign_in_failure_last_at_idx", "last_at"),
)

staff_password_history = Table(
    "staff_password_history",
    metadata,
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), primary_key=True),
    Column("changed_at", DateTime(timezone=True), primary_key=True),
    Column("password_hash", Text, nullable=False),
)

# One row: what the shop has chosen. Every request reads it together with the session.
staff_security = Table(
    "staff_security",
    metadata,
    Column("security_id", SmallInteger, primary_key=True, autoincrement=False, server_default=text("1")),
    Column("policy", Text, nullable=False),
    Column("idle_minutes", Integer, nullable=False),
    Column("absolute_hours", Integer, nullable=False),
    Column("requires_second_factor", Boolean, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("security_id = 1", name="one"),
    CheckConstraint("policy in ('asvs', 'dengbao')", name="policy"),
    CheckConstraint("idle_minutes between 15 and 30", name="idle_minutes"),
    CheckConstraint("absolute_hours between 1 and 24", name="absolute_hours"),
)

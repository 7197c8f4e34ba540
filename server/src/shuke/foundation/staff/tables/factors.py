"""Second factors, passkeys, sealed secrets, and what stands half open for minutes."""

from sqlalchemy import (
    BigInteger,
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
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

# Secrets that must be read again: seeds of one-time codes, secrets of providers. One key each, wrapped.
staff_secret = Table(
    "staff_secret",
    metadata,
    Column("name", Text, primary_key=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("kek_version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

staff_totp = Table(
    "staff_totp",
    metadata,
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), primary_key=True, autoincrement=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_at", DateTime(timezone=True), nullable=True),
    # The newest step whose code was used: codes up to it are refused.
    Column("last_step", BigInteger, nullable=False),
)

staff_recovery_code = Table(
    "staff_recovery_code",
    metadata,
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), primary_key=True),
    Column("code_hash", LargeBinary, primary_key=True),
    Column("used_at", DateTime(timezone=True), nullable=True),
)

staff_passkey = Table(
    "staff_passkey",
    metadata,
    Column("passkey_id", BigInteger, Identity(always=True), primary_key=True),
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), nullable=False),
    Column("credential_id", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=True),
    UniqueConstraint("credential_id"),
    Index("staff_passkey_user_id_idx", "user_id"),
)

# What stands half open: a password that waits for its second factor, a passkey's challenge, a way to a provider.
staff_challenge = Table(
    "staff_challenge",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), nullable=True),
    Column("address", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("details", JSONB, nullable=False),
    CheckConstraint(
        "kind in ('second_factor', 'passkey_sign_in', 'passkey_registration', 'passkey_proof', 'provider')",
        name="kind",
    ),
    Index("staff_challenge_created_at_idx", "created_at"),
)

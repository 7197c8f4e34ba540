"""Tables of keys for programs. Private to the module."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.platform.db import metadata

api_key = Table(
    "api_key",
    metadata,
    Column("key_id", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    # Codes of permissions.
    Column("scopes", ARRAY(Text), nullable=False),
    # Null: all stores.
    Column("store_ids", ARRAY(BigInteger), nullable=True),
    # Networks that may use it; empty: any.
    Column("addresses", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("must_sign", Boolean, nullable=False, server_default=text("false")),
    Column("requests_per_minute", Integer, nullable=True),
    Column("created_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=True),
    Column("disabled_at", DateTime(timezone=True), nullable=True),
    Column("disabled_by", Text, nullable=True),
    Column("last_used_at", DateTime(timezone=True), nullable=True),
    Column("last_address", Text, nullable=False, server_default=text("''")),
    CheckConstraint("requests_per_minute > 0", name="requests_per_minute"),
)

api_key_secret = Table(
    "api_key_secret",
    metadata,
    Column("secret_id", BigInteger, Identity(always=True), primary_key=True),
    Column("key_id", BigInteger, ForeignKey("api_key.key_id"), nullable=False),
    # SHA-256 of the secret, which has 256 random bits: whoever reads the table cannot use it.
    Column("secret_hash", LargeBinary, nullable=False),
    # What signed requests are checked with; sealed, because it must be known in clear to check.
    Column("sealed_signing_key", LargeBinary, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("kek_version", SmallInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    # Set for the secret that a newer one follows.
    Column("ends_at", DateTime(timezone=True), nullable=True),
    Index("api_key_secret_key_id_idx", "key_id"),
)

api_key_nonce = Table(
    "api_key_nonce",
    metadata,
    Column("key_id", BigInteger, primary_key=True, autoincrement=False),
    Column("nonce", Text, primary_key=True),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Index("api_key_nonce_seen_at_idx", "seen_at"),
)

api_key_use = Table(
    "api_key_use",
    metadata,
    Column("key_id", BigInteger, ForeignKey("api_key.key_id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("requests", BigInteger, nullable=False),
)

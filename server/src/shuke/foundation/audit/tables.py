"""Tables of the chain over the audit trail. Private to the module."""

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, Table, Text, UniqueConstraint

from shuke.platform.db import metadata

audit_seal = Table(
    "audit_seal",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("audit_id", BigInteger, nullable=False),
    # SHA-256 over the hash before it and the line.
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("audit_id"),
)

audit_head = Table(
    "audit_head",
    metadata,
    # The line up to which the head vouches for the chain.
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    # When the newest line under the head was written: what may leave is told by it.
    Column("newest_at", DateTime(timezone=True), nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

"""Other identity providers, and whom they vouch for."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Table,
    Text,
)

from shuke.platform.db import metadata

staff_provider = Table(
    "staff_provider",
    metadata,
    Column("provider_id", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    # Where this console stands for browsers: the provider sends people back there.
    Column("console_address", Text, nullable=False),
    Column("matching", Text, nullable=False),
    # Whoever is unknown gets an account with this role; nobody does where it is left out.
    Column("default_role", Text, ForeignKey("staff_role.code"), nullable=True),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("matching in ('email', 'username')", name="matching"),
)

# Once matched, a person is known by the provider's own number, whatever becomes of name and address.
staff_provider_subject = Table(
    "staff_provider_subject",
    metadata,
    Column("provider_id", BigInteger, ForeignKey("staff_provider.provider_id"), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("user_id", BigInteger, ForeignKey("staff_user.user_id"), nullable=False),
    Column("matched_at", DateTime(timezone=True), nullable=False),
    Index("staff_provider_subject_user_id_idx", "user_id"),
)

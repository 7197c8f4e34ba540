"""Tables of imports of members. Private to the module."""

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
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

member_import = Table(
    "member_import",
    metadata,
    Column("import_id", BigInteger, Identity(always=True), primary_key=True),
    Column("state", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_bytes", BigInteger, nullable=False),
    Column("file_hash", LargeBinary, nullable=False),
    Column("upload_path", Text, nullable=True),
    # The file's own headings, and what recognises the same ones in another file.
    Column("header", JSONB, nullable=False),
    Column("signature", Text, nullable=False),
    Column("settings", JSONB, nullable=False),
    # The key of the rows handed back, wrapped: they hold people's data as it stood in the file.
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("kek_version", SmallInteger, nullable=False),
    Column("lines_done", BigInteger, nullable=False),
    Column("lines_total", BigInteger, nullable=True),
    # The last row applied; an import that was cut off goes on behind it.
    Column("applied_to", BigInteger, nullable=False, server_default=text("0")),
    Column("counts", JSONB, nullable=False),
    Column("dry_run", JSONB, nullable=True),
    Column("error", JSONB, nullable=True),
    Column("asked_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=True),
    Column("finished_at", DateTime(timezone=True), nullable=True),
    Column("undo", JSONB, nullable=True),
    Column("undo_asked_by", Text, nullable=True),
    Column("undone_at", DateTime(timezone=True), nullable=True),
    CheckConstraint(
        "state in ('draft', 'checking', 'checked', 'waiting', 'running', 'done', 'failed', 'undoing', 'undone')",
        name="state",
    ),
    Index("member_import_signature_idx", "signature", "import_id"),
)

# The identities of each row while a file is worked on, as keyed hashes: they find rows that are the same person.
member_import_key = Table(
    "member_import_key",
    metadata,
    Column("import_id", BigInteger, nullable=False),
    Column("row_no", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("blind", LargeBinary, nullable=False),
    Index("member_import_key_import_id_blind_idx", "import_id", "blind", "row_no"),
    Index("member_import_key_import_id_row_no_idx", "import_id", "row_no"),
    prefixes=["UNLOGGED"],
)

member_import_reject = Table(
    "member_import_reject",
    metadata,
    Column("import_id", BigInteger, ForeignKey("member_import.import_id"), primary_key=True),
    Column("row_no", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("values", JSONB, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    CheckConstraint("kind in ('rejected', 'duplicate', 'conflict')", name="kind"),
)

# What an import did to a member. Not tied to the member's row: a member that is taken back leaves this behind.
member_import_change = Table(
    "member_import_change",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("import_id", BigInteger, ForeignKey("member_import.import_id"), primary_key=True),
    Column("row_no", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    # How many identities a new member came with.
    Column("identities", Integer, nullable=False),
    # The profile before and after, sealed under the member's own key as it stood in the member's row.
    Column("profile_before", LargeBinary, nullable=True),
    Column("profile_after", LargeBinary, nullable=True),
    Column("outcome", Text, nullable=True),
    CheckConstraint("kind in ('created', 'updated')", name="kind"),
    CheckConstraint("outcome in ('removed', 'restored', 'partly', 'kept')", name="outcome"),
    Index("member_import_change_import_id_member_id_idx", "import_id", "member_id"),
)

# The identities that members who existed gained by an import.
member_import_identity = Table(
    "member_import_identity",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("import_id", BigInteger, ForeignKey("member_import.import_id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("blind", LargeBinary, primary_key=True),
)

"""Tables of what people arrange for themselves. Private to the module."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Identity, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

saved_view = Table(
    "saved_view",
    metadata,
    Column("view_id", BigInteger, Identity(always=True), primary_key=True),
    # The console's name of the list.
    Column("list", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("is_shared", Boolean, nullable=False, server_default=text("false")),
    # Filters, sort, columns and widths, as the console wrote them.
    Column("content", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Index("saved_view_list_owner_id_idx", "list", "owner_id"),
)

user_setting = Table(
    "user_setting",
    metadata,
    Column("user_id", BigInteger, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

"""Tables of checkout: what it awarded for each order, and the imports of order history. Private to the module."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    Numeric,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

# What an order has earned and given back so far, per rule version: a refund recomputes from here.
order_award = Table(
    "order_award",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("order_id", BigInteger, primary_key=True),
    Column("rule_version_id", BigInteger, primary_key=True),
    Column("awarded", BigInteger, nullable=False),
    Column("taken_back", BigInteger, nullable=False),
)

import_run = Table(
    "import_run",
    metadata,
    Column("import_id", BigInteger, Identity(always=False), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("mapping", JSONB, nullable=False),
    Column("mapping_code", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_bytes", BigInteger, nullable=False),
    Column("file_hash", LargeBinary, nullable=False),
    Column("upload_path", Text, nullable=True),
    # The file's own headings: rows that are handed back go under them.
    Column("header", JSONB, nullable=False),
    # waiting | reading | applying | done | failed
    Column("state", Text, nullable=False),
    Column("until", DateTime(timezone=True), nullable=True),
    Column("lines_done", BigInteger, nullable=False),
    Column("lines_total", BigInteger, nullable=True),
    # The last group of documents applied; a run that was cut off goes on behind it.
    Column("applied_to", Text(collation="C"), nullable=True),
    Column("report", JSONB, nullable=False),
    Column("error", JSONB, nullable=True),
    Column("asked_by", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=True),
)

# The lines of a file between reading and applying: sorted by member here, so that no file is too large for memory.
import_line = Table(
    "import_line",
    metadata,
    Column("import_id", BigInteger, nullable=False),
    Column("row_no", BigInteger, nullable=False),
    Column("group_key", Text(collation="C"), nullable=False),
    Column("number", Text, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("store", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("product_name", Text, nullable=False),
    Column("quantity", Numeric(14, 3), nullable=False),
    Column("unit_price", Numeric(14, 4), nullable=False),
    Index("import_line_import_id_group_key_idx", "import_id", "group_key"),
    prefixes=["UNLOGGED"],
)

import_reject = Table(
    "import_reject",
    metadata,
    Column("import_id", BigInteger, primary_key=True),
    Column("row_no", BigInteger, primary_key=True),
    Column("code", Text, nullable=False),
    Column("values", JSONB, nullable=False),
    Column("cells", JSONB, nullable=False),
)

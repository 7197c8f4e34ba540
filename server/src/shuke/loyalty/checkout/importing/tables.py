"""Tables of imports of order history. Private to checkout."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

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
    # Where the file says so: the money of the line that points and coupons paid, and what the rest was paid by.
    Column("points_paid", Numeric(14, 4), nullable=False),
    Column("coupon_paid", Numeric(14, 4), nullable=False),
    Column("payment", Text, nullable=False),
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

# The further files of an import: more orders, returns, and the files that rows are joined to.
import_file = Table(
    "import_file",
    metadata,
    Column("import_id", BigInteger, ForeignKey("import_run.import_id"), primary_key=True),
    Column("file_no", SmallInteger, primary_key=True),
    # orders, returns, or the name that the mapping gives a joined file
    Column("role", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_bytes", BigInteger, nullable=False),
    Column("path", Text, nullable=False),
)

# Mappings that people have made for files of their own.
import_mapping = Table(
    "import_mapping",
    metadata,
    Column("code", Text, primary_key=True),
    Column("mapping", JSONB, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Column("saved_by", Text, nullable=False),
)

# Goods that came back with neither order nor member named: each waits for somebody to say which order it was.
unmatched_return = Table(
    "unmatched_return",
    metadata,
    Column("return_id", BigInteger, Identity(always=False), primary_key=True),
    Column("import_id", BigInteger, ForeignKey("import_run.import_id"), nullable=False),
    Column("source", Text, nullable=False),
    # The same row again is recognised: what it says, and which of several such rows it is.
    Column("content_hash", LargeBinary, nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("returned_at", DateTime(timezone=True), nullable=False),
    Column("returned_on", Date, nullable=False),
    Column("product_id", BigInteger, ForeignKey("product.product_id"), nullable=False),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), nullable=True),
    Column("quantity", Numeric(14, 3), nullable=False),
    # Orders from here on until the return can be the one.
    Column("since", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    # The order that was picked, and the refund that came of it.
    Column("order_id", BigInteger, nullable=True),
    Column("refund_id", BigInteger, nullable=True),
    Column("reason", Text, nullable=True),
    Column("decided_at", DateTime(timezone=True), nullable=True),
    Column("decided_by", Text, nullable=True),
    UniqueConstraint("source", "content_hash", "occurrence"),
    CheckConstraint("state in ('waiting', 'matched', 'dismissed')", name="state"),
    CheckConstraint("quantity > 0", name="quantity"),
    Index("unmatched_return_state_idx", "state", "return_id"),
    Index("unmatched_return_import_id_idx", "import_id", "return_id"),
)

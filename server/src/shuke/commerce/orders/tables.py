"""Tables of orders. Private to the module.

A refund is a document like an order (`kind = 'refund'`, amounts below zero); `refund_match` says which line of
which order each part of it belongs to. Member 0 is nobody: guest sales.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
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
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

order_source = Table(
    "order_source",
    metadata,
    Column("source_id", SmallInteger, Identity(always=False), primary_key=True),
    Column("code", Text, nullable=False),
    UniqueConstraint("code"),
)

# Uniqueness that is not by member lives in a small table of its own.
order_number = Table(
    "order_number",
    metadata,
    Column("source_id", SmallInteger, ForeignKey("order_source.source_id"), primary_key=True),
    Column("number", Text, primary_key=True),
    Column("member_id", BigInteger, nullable=False),
    Column("order_id", BigInteger, nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
)

sales_order = Table(
    "sales_order",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("order_id", BigInteger, Identity(always=False), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("source_id", SmallInteger, ForeignKey("order_source.source_id"), nullable=False),
    Column("number", Text, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("business_day", Date, nullable=False),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), nullable=True),
    Column("currency", Text, nullable=False),
    Column("gross_minor", BigInteger, nullable=False),
    # The goods in it, without postage and fees: what earns points and counts for tiers.
    Column("goods_minor", BigInteger, nullable=False),
    Column("line_count", Integer, nullable=False),
    # What refunds have taken back so far: of everything, and of the goods.
    Column("refunded_minor", BigInteger, nullable=False),
    Column("goods_refunded_minor", BigInteger, nullable=False),
    # What is left of it; kept by the database so that lists can sort by it.
    Column("net_minor", BigInteger, Computed("gross_minor - refunded_minor", persisted=True), nullable=False),
    Column("status", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    # Who served, where the till says so.
    Column("employee_id", BigInteger, ForeignKey("employee.employee_id"), nullable=True),
    # What points paid of it: how many, what they were worth, and how many refunds have given back.
    Column("points_used", BigInteger, nullable=False, server_default=text("0")),
    Column("points_minor", BigInteger, nullable=False, server_default=text("0")),
    Column("points_returned", BigInteger, nullable=False, server_default=text("0")),
    Column("coupon_minor", BigInteger, nullable=False, server_default=text("0")),
    # Goods net of refunds and of what points and coupons paid: what counts as spending.
    Column("counts_minor", BigInteger, nullable=False, server_default=text("0")),
    # [[method, amount in minor units], …], where the till says so.
    Column("payments", JSONB, nullable=True),
    # The facts by which rules judged it, as they were when it came; null: they asked for none.
    Column("facts", JSONB, nullable=True),
    # Refunds, where somebody said so: why (rules.RefundReason), and in their own words.
    Column("refund_reason", Text, nullable=True),
    Column("refund_note", Text, nullable=True),
    CheckConstraint(
        "refund_reason in ('changed_mind', 'does_not_fit', 'faulty', 'wrong_item', 'price', 'other')",
        name="refund_reason",
    ),
    Index("sales_order_order_id_idx", "order_id"),
    Index("sales_order_placed_at_order_id_idx", "placed_at", "order_id"),
    Index("sales_order_net_minor_order_id_idx", "net_minor", "order_id"),
    Index("sales_order_number_idx", "number", postgresql_ops={"number": "text_pattern_ops"}),
    Index("sales_order_member_id_placed_at_idx", "member_id", "placed_at"),
    Index("sales_order_store_id_placed_at_idx", "store_id", "placed_at"),
)

sales_order_line = Table(
    "sales_order_line",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("order_id", BigInteger, primary_key=True),
    Column("line_no", Integer, primary_key=True),
    Column("product_id", BigInteger, ForeignKey("product.product_id"), nullable=False),
    Column("quantity", Numeric(14, 3), nullable=False),
    Column("unit_price", Numeric(14, 4), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("is_goods", Boolean, nullable=False),
    Column("refunded_quantity", Numeric(14, 3), nullable=False),
    # The line's shares of what points and coupons paid.
    Column("points_minor", BigInteger, nullable=False, server_default=text("0")),
    Column("coupon_minor", BigInteger, nullable=False, server_default=text("0")),
    # What refunds by amount took off the quantity that is left.
    Column("reduced_minor", BigInteger, nullable=False, server_default=text("0")),
)

refund_match = Table(
    "refund_match",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("refund_id", BigInteger, primary_key=True),
    Column("line_no", Integer, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("how", Text, nullable=False),
    Column("quantity", Numeric(14, 3), nullable=False),
    # The share of the order line's amount that this part takes away (unmatched: the refund's own amount).
    Column("amount_minor", BigInteger, nullable=False),
    Column("is_goods", Boolean, nullable=False),
    Column("order_id", BigInteger, nullable=True),
    Column("order_line_no", Integer, nullable=True),
    Index("refund_match_member_id_order_id_idx", "member_id", "order_id"),
)

Index(
    "sales_order_employee_id_placed_at_idx",
    sales_order.c.employee_id,
    sales_order.c.placed_at,
    postgresql_where=sales_order.c.employee_id.is_not(None),
)

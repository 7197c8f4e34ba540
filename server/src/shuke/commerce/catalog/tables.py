"""Tables of the catalogue. Private to the module."""

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
    UniqueConstraint,
)

from shuke.platform.db import metadata

product = Table(
    "product",
    metadata,
    Column("product_id", BigInteger, Identity(always=False), primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    # False for postage, fees and the like: they earn nothing and count for no tier.
    Column("is_goods", Boolean, nullable=False),
    # As the shop names them; null: not known.
    Column("category", Text, nullable=True),
    Column("brand", Text, nullable=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    # What one costs at the till, in the shop's currency; null: typed at the till.
    Column("price_minor", BigInteger, nullable=True),
    CheckConstraint("price_minor >= 0", name="product_price_minor_check"),
    UniqueConstraint("code"),
    Index("product_category_idx", "category", "code"),
)

product_barcode = Table(
    "product_barcode",
    metadata,
    Column("barcode", Text, primary_key=True),
    Column("product_id", BigInteger, ForeignKey("product.product_id"), nullable=False),
    Index("product_barcode_product_id_idx", "product_id"),
)

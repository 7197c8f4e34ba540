"""Tables of the catalogue. Private to the module."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Identity, Index, Table, Text, UniqueConstraint

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
    UniqueConstraint("code"),
    Index("product_category_idx", "category", "code"),
)

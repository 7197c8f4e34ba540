"""Tables of the organization. Private to the module."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from shuke.platform.db import metadata

shop = Table(
    "shop",
    metadata,
    Column("shop_id", SmallInteger, primary_key=True, autoincrement=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("programme_zh", Text, nullable=False),
    Column("programme_en", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("is_demo", Boolean, nullable=False),
    # Where a demonstration's orders come from, as the console cites it.
    Column("demo_source", Text, nullable=True),
    Column("set_up_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("shop_id = 1", name="one_row"),
)

region = Table(
    "region",
    metadata,
    Column("region_id", BigInteger, Identity(always=True), primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("parent_id", BigInteger, ForeignKey("region.region_id"), nullable=True),
    UniqueConstraint("code"),
    CheckConstraint("parent_id <> region_id", name="parent"),
)

store = Table(
    "store",
    metadata,
    Column("store_id", BigInteger, Identity(always=True), primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text, nullable=True),
    Column("region_id", BigInteger, ForeignKey("region.region_id"), nullable=True),
    Column("status", Text, nullable=False),
    Column("address", Text, nullable=True),
    Column("opening_hours", Text, nullable=True),
    Column("closed_on", Date, nullable=True),
    UniqueConstraint("code"),
    CheckConstraint("status in ('open', 'closed')", name="status"),
)

employee = Table(
    "employee",
    metadata,
    Column("employee_id", BigInteger, Identity(always=True), primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), nullable=True),
    # What they are in the store, in the shop's own words: 店长, 导购.
    Column("title", Text, nullable=True),
    Column("state", Text, nullable=False, server_default=text("'active'")),
    Column("joined_on", Date, nullable=True),
    Column("left_on", Date, nullable=True),
    UniqueConstraint("code"),
    CheckConstraint("state in ('active', 'left')", name="state"),
)

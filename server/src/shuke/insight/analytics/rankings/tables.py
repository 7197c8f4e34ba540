"""Tables of the rankings: sums by day, store and employee (0: none named). Private to the module."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Table, Text

from shuke.platform.db import metadata

# Refunds are sums below zero. `first_orders`: orders that were a member's very first, with whichever store.
analytics_rank_day = Table(
    "analytics_rank_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("store_id", BigInteger, primary_key=True, autoincrement=False),
    Column("employee_id", BigInteger, primary_key=True, autoincrement=False),
    Column("currency", Text, primary_key=True),
    Column("orders", BigInteger, nullable=False),
    Column("refunds", BigInteger, nullable=False),
    Column("paid_minor", BigInteger, nullable=False),
    Column("refunded_minor", BigInteger, nullable=False),
    Column("member_orders", BigInteger, nullable=False),
    Column("first_orders", BigInteger, nullable=False),
)

analytics_rank_joined = Table(
    "analytics_rank_joined",
    metadata,
    Column("day", Date, primary_key=True),
    Column("store_id", BigInteger, primary_key=True, autoincrement=False),
    Column("employee_id", BigInteger, primary_key=True, autoincrement=False),
    Column("joined", BigInteger, nullable=False),
)

# The first order of each member as far as is known, so that an earlier one that comes later can take its place.
analytics_rank_first = Table(
    "analytics_rank_first",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("first_at", DateTime(timezone=True), nullable=False),
    Column("order_id", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("store_id", BigInteger, nullable=False),
    Column("employee_id", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
)

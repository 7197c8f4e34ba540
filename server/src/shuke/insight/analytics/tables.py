"""Tables of analytics: sums kept up by events, so that figures are read in milliseconds. Private to the module."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, SmallInteger, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shuke.platform.db import metadata

# The documents of a store on a local day. Store 0: no store named. Refunds are sums below zero.
analytics_store_day = Table(
    "analytics_store_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("store_id", BigInteger, primary_key=True, autoincrement=False),
    Column("currency", Text, primary_key=True),
    Column("orders", BigInteger, nullable=False),
    Column("refunds", BigInteger, nullable=False),
    Column("adjustments", BigInteger, nullable=False),
    Column("paid_minor", BigInteger, nullable=False),
    Column("refunded_minor", BigInteger, nullable=False),
    Column("adjusted_minor", BigInteger, nullable=False),
    Column("member_orders", BigInteger, nullable=False),
    Column("member_paid_minor", BigInteger, nullable=False),
    Column("member_refunded_minor", BigInteger, nullable=False),
)

# Changes of all balances of a loyalty currency on a local day, each as the signed sum of its entries.
analytics_balance_day = Table(
    "analytics_balance_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("issued", BigInteger, nullable=False),
    Column("taken_back", BigInteger, nullable=False),
    Column("expired", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False),
    Column("other", BigInteger, nullable=False),
)

# Who joined and who left (cancelled or erased) on a local day; coming back is leaving less one.
analytics_joined_day = Table(
    "analytics_joined_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("joined", BigInteger, nullable=False),
    Column("left", BigInteger, nullable=False),
)

analytics_level = Table(
    "analytics_level",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("level", Text, primary_key=True),
    Column("members", BigInteger, nullable=False),
)

# The purchases of a member over all time.
analytics_member = Table(
    "analytics_member",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("order_count", Integer, nullable=False),
    Column("paid_minor", BigInteger, nullable=False),
    Column("refunded_minor", BigInteger, nullable=False),
    Column("first_at", DateTime(timezone=True), nullable=True),
    Column("last_at", DateTime(timezone=True), nullable=True),
    Index("analytics_member_order_count_member_id_idx", "order_count", "member_id"),
)

analytics_purchase_day = Table(
    "analytics_purchase_day",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("orders", Integer, nullable=False),
)

# How many orders of a day had their member's order before (distance 1) or the one before that (distance 2) on an
# earlier day (-infinity: there was none). The members active in any period, and those who came again, are sums of
# it: no query has to count members one by one.
analytics_purchase_gap = Table(
    "analytics_purchase_gap",
    metadata,
    Column("distance", SmallInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("earlier_day", Date, primary_key=True),
    Column("orders", BigInteger, nullable=False),
)

# The RFM map of a day, and the last event that it knew.
analytics_rfm_run = Table(
    "analytics_rfm_run",
    metadata,
    Column("as_of", Date, primary_key=True),
    Column("event_id", BigInteger, nullable=False),
    Column("computed_at", DateTime(timezone=True), nullable=False),
    Column("members", BigInteger, nullable=False),
    Column("map", JSONB, nullable=False),
)

# The last event that each consumer has taken into the tables above.
analytics_state = Table(
    "analytics_state",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("event_id", BigInteger, nullable=False),
)

# Whose purchases are counted as somebody else's since a merge, and what was moved, so that it can be moved back.
analytics_alias = Table(
    "analytics_alias",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("root_id", BigInteger, nullable=False),
    Column("order_count", Integer, nullable=False),
    Column("paid_minor", BigInteger, nullable=False),
    Column("refunded_minor", BigInteger, nullable=False),
    Column("first_at", DateTime(timezone=True), nullable=True),
    Column("last_at", DateTime(timezone=True), nullable=True),
    Column("days", ARRAY(Date), nullable=False),
    Column("orders", ARRAY(Integer), nullable=False),
    Column("root_first_at", DateTime(timezone=True), nullable=True),
    Column("root_last_at", DateTime(timezone=True), nullable=True),
    Column("followers", ARRAY(BigInteger), nullable=False),
    Index("analytics_alias_root_id_idx", "root_id"),
)

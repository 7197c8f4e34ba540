"""Tables of activities. Private to checkout."""

from sqlalchemy import BigInteger, Column, Date, DateTime, ForeignKey, Identity, Index, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

# Uniqueness that is not by member lives in a small table of its own.
activity_key = Table(
    "activity_key",
    metadata,
    Column("source", Text(collation="C"), primary_key=True),
    Column("key", Text(collation="C"), primary_key=True),
    Column("member_id", BigInteger, nullable=False),
    Column("activity_id", BigInteger, nullable=False),
)

# One row for each member with a part in it: a referral has two, of one number.
activity = Table(
    "activity",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("activity_id", BigInteger, Identity(always=False), primary_key=True),
    Column("kind", Text, nullable=False),
    # The name of a custom event.
    Column("event", Text, nullable=True),
    # In a referral: inviter | invited.
    Column("role", Text, nullable=True),
    Column("other_member_id", BigInteger, nullable=True),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("business_day", Date, nullable=False),
    # What came with it, sealed under the member's key: answers and reviews are the member's own words.
    Column("payload", LargeBinary, nullable=True),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    # What it gave or why nothing, and what the member had afterwards.
    Column("outcome", JSONB, nullable=False),
    Column("cancelled_at", DateTime(timezone=True), nullable=True),
    Column("cancelled_by", Text, nullable=True),
    Column("cancel_reason", Text, nullable=True),
    Index("activity_activity_id_idx", "activity_id"),
    Index("activity_member_id_occurred_at_idx", "member_id", "occurred_at", "activity_id"),
)

# What an activity has earned and given back, by rule version and currency: a cancellation takes back from here.
activity_award = Table(
    "activity_award",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("activity_id", BigInteger, primary_key=True),
    Column("rule_version_id", BigInteger, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("awarded", BigInteger, nullable=False),
    Column("taken_back", BigInteger, nullable=False),
)

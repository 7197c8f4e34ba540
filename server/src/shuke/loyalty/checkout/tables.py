"""Tables of checkout: what it awarded for each order, carts with points set aside, refunds that wait, policies.

And the stamp of the programme. Private to the module.
"""

from sqlalchemy import (
    UUID,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shuke.platform.db import metadata

# What an order has earned and given back so far, per rule version: a refund recomputes from here.
order_award = Table(
    "order_award",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("order_id", BigInteger, primary_key=True),
    Column("rule_version_id", BigInteger, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("awarded", BigInteger, nullable=False),
    Column("taken_back", BigInteger, nullable=False),
    # What the rule would have given without caps and budgets.
    Column("entitled", BigInteger, nullable=False),
)

# Points set aside for a cart that is not paid yet, under the number that its order will have.
checkout_hold = Table(
    "checkout_hold",
    metadata,
    Column("source_id", SmallInteger, ForeignKey("order_source.source_id"), primary_key=True),
    Column("number", Text, primary_key=True),
    Column("member_id", BigInteger, nullable=False),
    # Its number among the member's holds; null: no points were set aside.
    Column("hold_no", Integer, nullable=True),
    Column("points", BigInteger, nullable=False),
    Column("points_minor", BigInteger, nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    # The code of the store that set it aside, as the cart named it; only who works there may give it up.
    Column("store", Text, nullable=True),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True), nullable=True),
    # What coupons take off it, and the codes of the shop's own.
    Column("coupon_minor", BigInteger, nullable=False, server_default=text("0")),
    Column("coupons", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    CheckConstraint("state in ('open', 'committed', 'cancelled')", name="state"),
    Index("checkout_hold_member_id_idx", "member_id"),
)

# A refund that came before its order waits for it.
waiting_refund = Table(
    "waiting_refund",
    metadata,
    Column("source_id", SmallInteger, ForeignKey("order_source.source_id"), primary_key=True),
    Column("number", Text, primary_key=True),
    Column("refund_of", Text, nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    # The request as it came.
    Column("content", JSONB, nullable=False),
    Column("actor", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    # Why it could not be done when its order came.
    Column("problem", JSONB, nullable=True),
    Index("waiting_refund_refund_of_idx", "source_id", "refund_of"),
)

checkout_policy = Table(
    "checkout_policy",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=text("true")),
    Column("version", Integer, nullable=False),
    # rules.Policies
    Column("content", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("one", name="one"),
)

# Drawn anew by triggers, with whatever changes what `programme.load_programme` reads, and never drawn twice.
checkout_stamp = Table(
    "checkout_stamp",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=text("true")),
    Column("stamp", UUID, nullable=False, server_default=text("gen_random_uuid()")),
    CheckConstraint("one", name="one"),
)

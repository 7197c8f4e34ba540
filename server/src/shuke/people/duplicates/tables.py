"""Tables of duplicates. Private to the module. Keyed hashes and ids; nothing that is known of a member in clear."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.platform.db import metadata

# Whom the finder knows; `print` is the keyed hash of all that is compared, null until it has been read.
duplicate_member = Table(
    "duplicate_member",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True, autoincrement=False),
    Column("print", BigInteger, nullable=True),
    Column("is_stale", Boolean, nullable=False),
)
Index("duplicate_member_stale_idx", duplicate_member.c.member_id, postgresql_where=text("is_stale"))

duplicate_block = Table(
    "duplicate_block",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("block", BigInteger, primary_key=True),
    Index("duplicate_block_block_idx", "block", "member_id"),
)

duplicate_pair = Table(
    "duplicate_pair",
    metadata,
    Column("member_a", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("member_b", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("pair_id", BigInteger, Identity(always=True), nullable=False),
    # Tenths of a bit.
    Column("score", SmallInteger, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("has_common_proof", Boolean, nullable=False),
    Column("has_other_phones", Boolean, nullable=False),
    # The keyed hash of both as they were compared: a dismissed pair waits again only when it is another one.
    Column("print", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("found_at", DateTime(timezone=True), nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=True),
    Column("decided_by", Text, nullable=True),
    Column("decided_because", Text, nullable=True),
    UniqueConstraint("pair_id"),
    CheckConstraint("member_a < member_b", name="order"),
    CheckConstraint("state in ('waiting', 'merged', 'dismissed')", name="state"),
    Index("duplicate_pair_member_b_idx", "member_b"),
    Index("duplicate_pair_state_idx", "state", "score", "pair_id"),
)

# Somebody came with identities of both.
duplicate_crossing = Table(
    "duplicate_crossing",
    metadata,
    Column("member_a", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("member_b", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("crossed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("member_a < member_b", name="order"),
    Index("duplicate_crossing_member_b_idx", "member_b"),
)

duplicate_search = Table(
    "duplicate_search",
    metadata,
    Column("search_id", BigInteger, Identity(always=True), primary_key=True),
    Column("state", Text, nullable=False),
    Column("step", Text, nullable=False),
    # The last member that the step has dealt with.
    Column("place", BigInteger, nullable=False, server_default=text("0")),
    Column("started_by", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("moved_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=True),
    Column("members", Integer, nullable=False, server_default=text("0")),
    Column("members_read", Integer, nullable=False, server_default=text("0")),
    Column("members_compared", Integer, nullable=False, server_default=text("0")),
    Column("pairs_compared", Integer, nullable=False, server_default=text("0")),
    Column("pairs_merged", Integer, nullable=False, server_default=text("0")),
    Column("blocks_skipped", Integer, nullable=False, server_default=text("0")),
    Column("members_skipped", Integer, nullable=False, server_default=text("0")),
    CheckConstraint("state in ('running', 'done', 'broken')", name="state"),
    CheckConstraint("step in ('reading', 'comparing', 'merging', 'done')", name="step"),
)

duplicate_setting = Table(
    "duplicate_setting",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=text("true")),
    Column("merges_automatically", Boolean, nullable=False),
    Column("least_score", SmallInteger, nullable=False),
    CheckConstraint("one", name="one"),
)

"""Tables of tiers. Private to the module."""

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
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

tier_scheme = Table(
    "tier_scheme",
    metadata,
    Column("scheme_id", SmallInteger, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    # What counts, over which window, how long a level holds, how it falls: rules.Parameters.
    Column("parameters", JSONB, nullable=False),
    # Of parameters and levels together; what they were is in tier_scheme_version.
    Column("version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("code"),
)

tier_level = Table(
    "tier_level",
    metadata,
    Column("scheme_id", SmallInteger, ForeignKey("tier_scheme.scheme_id"), primary_key=True),
    Column("rank", SmallInteger, primary_key=True),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("threshold", BigInteger, nullable=False),
    Column("colour", Text, nullable=False),
    # What keeping the level asks, where that is not the threshold.
    Column("keep_threshold", BigInteger, nullable=True),
    # What the end of its validity takes away, in schemes that judge by what remains.
    Column("deduct", BigInteger, nullable=False, server_default=text("0")),
    # Who has reached it never falls below it.
    Column("is_floor", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("scheme_id", "code"),
)

# Every version of a scheme that was in force; added to and never changed.
tier_scheme_version = Table(
    "tier_scheme_version",
    metadata,
    Column("scheme_id", SmallInteger, ForeignKey("tier_scheme.scheme_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("parameters", JSONB, nullable=False),
    Column("levels", JSONB, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
)

member_tier = Table(
    "member_tier",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("scheme_id", SmallInteger, ForeignKey("tier_scheme.scheme_id"), primary_key=True),
    Column("rank", SmallInteger, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    # First instant at which the level no longer holds without being judged again; null: holds for ever.
    Column("valid_until", DateTime(timezone=True), nullable=True),
    Column("change_count", Integer, nullable=False),
    # entered | promoted | kept | demoted | manual | grace: what the next judgement goes by.
    Column("basis", Text, nullable=True),
    # The day whose figures decided last.
    Column("judged_on", Date, nullable=True),
    # From which days tier years and what came since the last change are counted, and were before the last change.
    Column("level_from", Date, nullable=True),
    Column("level_from_before", Date, nullable=True),
    Column("period_from", Date, nullable=True),
    Column("period_from_before", Date, nullable=True),
    # When a rise that waits, or a fall after a refund, is looked at.
    Column("review_at", DateTime(timezone=True), nullable=True),
    # Where the member stood before a grant by hand.
    Column("beneath", JSONB, nullable=True),
    Column("due_at", DateTime(timezone=True), Computed("least(valid_until, review_at)", persisted=True), nullable=True),
    Index("member_tier_due_at_idx", "due_at", "member_id", postgresql_where=text("due_at is not null")),
)

tier_change = Table(
    "tier_change",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("scheme_id", SmallInteger, primary_key=True),
    Column("change_no", Integer, primary_key=True),
    Column("from_rank", SmallInteger, nullable=True),
    Column("to_rank", SmallInteger, nullable=False),
    # entered | promoted | kept | demoted | manual | merged | parted | grace
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("valid_until", DateTime(timezone=True), nullable=True),
    Column("explanation", JSONB, nullable=False),
    Column("scheme_version", Integer, nullable=False, server_default=text("1")),
)

# Judging everybody again by a changed scheme, page by page.
tier_run = Table(
    "tier_run",
    metadata,
    Column("run_id", BigInteger, Identity(always=True), primary_key=True),
    Column("scheme_id", SmallInteger, ForeignKey("tier_scheme.scheme_id"), nullable=False),
    Column("scheme_version", Integer, nullable=False),
    # running | done
    Column("state", Text, nullable=False),
    # The last member of the pages that are done.
    Column("behind", BigInteger, nullable=False, server_default=text("0")),
    Column("total", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False, server_default=text("0")),
    Column("promoted", BigInteger, nullable=False, server_default=text("0")),
    Column("demoted", BigInteger, nullable=False, server_default=text("0")),
    Column("started_by", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=True),
    CheckConstraint("state in ('running', 'done')", name="state"),
    Index("tier_run_running_idx", "scheme_id", unique=True, postgresql_where=text("state = 'running'")),
)

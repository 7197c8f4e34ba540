"""Tables of the rights of members. Private to the module. Steps and erasures can be added and never altered."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
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

rights_policy = Table(
    "rights_policy",
    metadata,
    Column("policy_id", SmallInteger, primary_key=True, autoincrement=False),
    Column("working_days", Integer, nullable=False),
    Column("hard_days", Integer, nullable=False),
    Column("cooling_days", Integer, nullable=False),
    CheckConstraint("policy_id = 1", name="one_row"),
    CheckConstraint("working_days between 1 and 15", name="working"),
    CheckConstraint("hard_days between 1 and 30", name="hard"),
    CheckConstraint("cooling_days between 0 and 15", name="cooling"),
)

# Days that are not what their weekday says: public holidays, and weekends on which people work.
rights_day = Table(
    "rights_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_working", Boolean, nullable=False),
    Column("name", Text, nullable=False),
)

rights_request = Table(
    "rights_request",
    metadata,
    Column("request_id", BigInteger, Identity(always=True), primary_key=True),
    Column("member_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("hard_due_on", Date, nullable=False),
    Column("is_extended", Boolean, nullable=False),
    Column("verified_how", Text, nullable=False),
    Column("verified_by", Text, nullable=False),
    Column("verified_at", DateTime(timezone=True), nullable=False),
    Column("assigned_to", Text, nullable=True),
    # The day on which a deletion that waits out its time for second thoughts is done.
    Column("erase_on", Date, nullable=True),
    Column("ended_at", DateTime(timezone=True), nullable=True),
    Column("announced_late_at", DateTime(timezone=True), nullable=True),
    Column("step_count", Integer, nullable=False),
    CheckConstraint(
        "kind in ('access', 'copy', 'correction', 'restriction', 'deletion', 'objection', 'explanation')", name="kind"
    ),
    CheckConstraint("state in ('open', 'cooling', 'done', 'refused', 'withdrawn')", name="state"),
    Index("rights_request_open_idx", "due_on", "request_id", postgresql_where=text("ended_at is null")),
    Index("rights_request_member_id_idx", "member_id", "request_id"),
    Index("rights_request_state_idx", "state", "due_on", "request_id"),
)

rights_step = Table(
    "rights_step",
    metadata,
    Column("request_id", BigInteger, ForeignKey("rights_request.request_id"), primary_key=True),
    Column("step_no", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("details", JSONB, nullable=False),
)

# What was said, sealed under the member's key: unreadable once the member is erased, gone when its time is over.
rights_note = Table(
    "rights_note",
    metadata,
    Column("request_id", BigInteger, ForeignKey("rights_request.request_id"), primary_key=True),
    Column("step_no", Integer, primary_key=True),
    Column("member_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

rights_copy = Table(
    "rights_copy",
    metadata,
    Column("copy_id", BigInteger, Identity(always=True), primary_key=True),
    Column("request_id", BigInteger, ForeignKey("rights_request.request_id"), nullable=False),
    Column("member_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=True),
    Column("ends_at", DateTime(timezone=True), nullable=True),
    Column("rows", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    CheckConstraint("state in ('waiting', 'ready', 'failed', 'gone')", name="state"),
    Index("rights_copy_request_id_idx", "request_id", "copy_id"),
)

rights_copy_part = Table(
    "rights_copy_part",
    metadata,
    Column("copy_id", BigInteger, ForeignKey("rights_copy.copy_id"), primary_key=True),
    Column("part_no", Integer, primary_key=True),
    Column("member_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

rights_hold = Table(
    "rights_hold",
    metadata,
    Column("hold_id", BigInteger, Identity(always=True), primary_key=True),
    Column("member_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("basis", Text, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("lifted_at", DateTime(timezone=True), nullable=True),
    Column("lifted_by", Text, nullable=True),
    CheckConstraint("basis in ('dispute', 'authority', 'fraud', 'accounting')", name="basis"),
    Index("rights_hold_member_id_idx", "member_id", unique=True, postgresql_where=text("lifted_at is null")),
)

# Who was erased, kept for ever: a database that is restored does not know of later erasures. The code is the same in
# every database; no number of this one could be.
rights_erasure = Table(
    "rights_erasure",
    metadata,
    Column("code", Text, primary_key=True),
    Column("member_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("member_ids", ARRAY(BigInteger), nullable=False),
    Column("numbers", ARRAY(Text), nullable=False),
    Column("request_id", BigInteger, nullable=True),
    Column("because", Text, nullable=False),
    Column("erased_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("certificate", JSONB, nullable=False),
    Column("is_replayed", Boolean, nullable=False),
    CheckConstraint("because in ('request', 'retention', 'restore')", name="because"),
    Index("rights_erasure_member_id_idx", "member_id"),
)

rights_retention_run = Table(
    "rights_retention_run",
    metadata,
    Column("run_id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("report", JSONB, nullable=False),
)

"""Tables of consent. Private to the module. The application's role may add changes and never alter them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
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

consent_policy = Table(
    "consent_policy",
    metadata,
    Column("policy_id", SmallInteger, primary_key=True, autoincrement=False),
    Column("cooldown_days", Integer, nullable=False),
    Column("minor_age", Integer, nullable=False),
    CheckConstraint("policy_id = 1", name="one_row"),
    CheckConstraint("cooldown_days between 0 and 3650", name="cooldown"),
    CheckConstraint("minor_age between 14 and 18", name="minor"),
)

consent_purpose = Table(
    "consent_purpose",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("kinds", ARRAY(Text), nullable=False),
    # How long data is kept once nothing else asks for it; null: as the other purposes say.
    Column("retention_days", Integer, nullable=True),
    Column("recipients_zh", Text, nullable=False),
    Column("recipients_en", Text, nullable=False),
    Column("channels", ARRAY(Text), nullable=False),
    Column("notice_code", Text, nullable=False),
    Column("is_separate", Boolean, nullable=False),
    Column("is_marketing", Boolean, nullable=False),
    Column("is_personalised", Boolean, nullable=False),
    Column("is_automated", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint(
        "basis in ('consent', 'contract', 'legal_duty', 'emergency', 'public_interest', 'published')", name="basis"
    ),
    CheckConstraint("not is_marketing or basis = 'consent'", name="marketing"),
    CheckConstraint("retention_days between 1 and 36500", name="retention"),
)

# A published notice cannot be changed: a trigger says so to everybody.
consent_notice = Table(
    "consent_notice",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text_zh", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("change_zh", Text, nullable=False),
    Column("change_en", Text, nullable=False),
    Column("is_substantial", Boolean, nullable=False),
    # The purposes as they were when it was published, which the list form shows.
    Column("purposes", JSONB, nullable=False),
    Column("hash", LargeBinary, nullable=True),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("written_by", Text, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=True),
    Column("published_by", Text, nullable=True),
    CheckConstraint(
        "(published_at is null) = (hash is null) and (published_at is null) = (published_by is null)",
        name="published",
    ),
    Index("consent_notice_draft_idx", "code", unique=True, postgresql_where=text("published_at is null")),
)

# One row per member with anything in the log: it numbers the changes, and orders those who write at once.
consent_member = Table(
    "consent_member",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True, autoincrement=False),
    Column("change_count", Integer, nullable=False),
    # Until when the member is a minor, where the birth year says so.
    Column("minor_until", Date, nullable=True),
)

consent_change = Table(
    "consent_change",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("change_no", Integer, primary_key=True),
    # A purpose's code, or one of the stops.
    Column("topic", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("notice_code", Text, nullable=True),
    Column("notice_version", Integer, nullable=True),
    Column("notice_hash", LargeBinary, nullable=True),
    # paper | screen | sms | phone | web | import | system
    Column("how", Text, nullable=False),
    Column("hand", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("screen", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), nullable=True),
    Column("evidence_no", Integer, nullable=True),
    CheckConstraint("kind in ('given', 'refused', 'withdrawn')", name="kind"),
    CheckConstraint("hand in ('member', 'guardian', 'operator', 'system')", name="hand"),
)

# What may name or place somebody, sealed under the member's key; it goes when its time is over.
consent_evidence = Table(
    "consent_evidence",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("evidence_no", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

consent_state = Table(
    "consent_state",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("change_no", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("notice_version", Integer, nullable=True),
    Column("is_by_guardian", Boolean, nullable=False),
    CheckConstraint("kind in ('given', 'refused', 'withdrawn')", name="kind"),
    Index("consent_state_topic_idx", "topic", "channel", "kind"),
)

# Members who were merged: what the survivor decides after `change_count` counts alone.
consent_merge = Table(
    "consent_merge",
    metadata,
    Column("absorbed_id", BigInteger, ForeignKey("member.member_id"), primary_key=True, autoincrement=False),
    Column("survivor_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("change_count", Integer, nullable=False),
    Index("consent_merge_survivor_id_idx", "survivor_id"),
)

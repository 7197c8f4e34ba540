"""Tables of members. Private to the module.

Everything personal is sealed under the member's own data key (`vault.member_key`); look-ups go by blind indexes,
searches by keyed tokens. `member_summary` holds what lists, segments and rules filter and sort by.
"""

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
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shuke.platform.db import metadata

member = Table(
    "member",
    metadata,
    Column("member_id", BigInteger, Identity(always=True), primary_key=True),
    # Compared as bytes, so that sorting by number is the same on every machine.
    Column("number", Text(collation="C"), nullable=False),
    Column("status", Text, nullable=False),
    Column("joined_at", DateTime(timezone=True), nullable=False),
    Column("is_generated", Boolean, nullable=False),
    Column("profile", LargeBinary, nullable=True),
    Column("source_channel", Text, nullable=True),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), nullable=True),
    Column("employee_id", BigInteger, ForeignKey("employee.employee_id"), nullable=True),
    # 客户经理: who looks after the member as an account, where that is somebody else than the store's employee.
    Column("manager_id", BigInteger, ForeignKey("employee.employee_id"), nullable=True),
    Column("campaign", Text, nullable=True),
    Column("inviter_id", BigInteger, nullable=True),
    Column("version", Integer, nullable=False),
    # Always the end of the way: who is merged into somebody who is merged, follows along.
    Column("merged_into", BigInteger, nullable=True),
    UniqueConstraint("number"),
    CheckConstraint("status in ('active', 'frozen', 'cancelled', 'erased')", name="status"),
)

# Kept in a schema of its own, so that ordinary backups can leave it out: without the key, a copy says nothing.
member_key = Table(
    "member_key",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("kek_version", SmallInteger, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=text("now()")),
    schema="vault",
)

member_identity = Table(
    "member_identity",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("source", Text, primary_key=True, server_default=text("''")),
    Column("blind", LargeBinary, primary_key=True),
    # Which index key made it.
    Column("index_version", SmallInteger, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("is_verified", Boolean, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    # When and how it was proved to be the member's: by a code, by staff, by the channel it came from.
    Column("verified_at", DateTime(timezone=True), nullable=True),
    Column("verified_by", Text, nullable=True),
    CheckConstraint("kind in ('phone', 'email', 'card', 'external', 'wechat', 'wecom', 'alipay')", name="kind"),
)

# Uniqueness that is not by member lives in a small table of its own. It is claimed before the member's row exists.
# While one index key takes the place of another, an identity stands here twice, by both.
member_identity_owner = Table(
    "member_identity_owner",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("blind", LargeBinary, primary_key=True),
    Column("index_version", SmallInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Index("member_identity_owner_member_id_idx", "member_id"),
)

member_search = Table(
    "member_search",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("tokens", ARRAY(BigInteger), nullable=False),
    Column("index_version", SmallInteger, nullable=False),
    Index("member_search_tokens_idx", "tokens", postgresql_using="gin"),
)

member_status_change = Table(
    "member_status_change",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    # Why, in the words of who did it; unknown for the changes of older releases.
    Column("reason", Text, nullable=True),
    Column("actor", Text, nullable=True),
)

# Who was merged into whom; undone by undoing the newest of a pair.
member_merge = Table(
    "member_merge",
    metadata,
    Column("merge_id", BigInteger, Identity(always=True), primary_key=True),
    Column("absorbed_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("survivor_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("merged_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("reason", Text, nullable=False),
    # Members who had been merged into the absorbed one before, and follow it.
    Column("followers", ARRAY(BigInteger), nullable=False),
    # The survivor's profile before and after, sealed under the survivor's key, and its facts as they were.
    Column("profile_before", LargeBinary, nullable=True),
    Column("profile_after", LargeBinary, nullable=True),
    Column("facts_before", JSONB, nullable=False),
    Column("undone_at", DateTime(timezone=True), nullable=True),
    Column("undone_by", Text, nullable=True),
    Column("undone_because", Text, nullable=True),
    CheckConstraint("policy in ('hand', 'policy', 'import')", name="policy"),
    CheckConstraint("absorbed_id <> survivor_id", name="other"),
    Index("member_merge_survivor_id_idx", "survivor_id", "merge_id"),
)

member_summary = Table(
    "member_summary",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    # Copies of the member's own columns, so that a list reads one table only.
    Column("number", Text(collation="C"), nullable=False),
    Column("status", Text, nullable=False),
    Column("joined_at", DateTime(timezone=True), nullable=False),
    Column("store_id", BigInteger, nullable=True),
    Column("employee_id", BigInteger, nullable=True),
    # What the modules above write down in their own transactions.
    Column("order_count", Integer, nullable=False, server_default=text("0")),
    Column("refund_count", Integer, nullable=False, server_default=text("0")),
    Column("gross_spend_minor", BigInteger, nullable=False, server_default=text("0")),
    Column("net_spend_minor", BigInteger, nullable=False, server_default=text("0")),
    Column("first_order_at", DateTime(timezone=True), nullable=True),
    Column("last_order_at", DateTime(timezone=True), nullable=True),
    Column("points_available", BigInteger, nullable=False, server_default=text("0")),
    Column("points_debt", BigInteger, nullable=False, server_default=text("0")),
    Column("growth", BigInteger, nullable=False, server_default=text("0")),
    Column("points_expiring_on", Date, nullable=True),
    Column("tier_code", Text, nullable=True),
    Column("tier_rank", SmallInteger, nullable=True),
    Column("tier_valid_until", Date, nullable=True),
    # Values of custom fields that are not personal, by key; those that are stand in the sealed profile.
    Column("custom", JSONB, nullable=False, server_default=text("'{}'")),
)

# Members who never ordered, or have no tier, sort below everybody: the indexes hold the same expressions.
LAST_ORDER = "coalesce(last_order_at, '-infinity'::timestamptz)"
TIER_RANK = "coalesce(tier_rank, '-1'::smallint)"

Index("member_summary_number_idx", member_summary.c.number, member_summary.c.member_id)
Index("member_summary_joined_at_idx", member_summary.c.joined_at, member_summary.c.member_id)
Index("member_summary_last_order_at_idx", text(LAST_ORDER), member_summary.c.member_id)
Index("member_summary_order_count_idx", member_summary.c.order_count, member_summary.c.member_id)
Index("member_summary_net_spend_minor_idx", member_summary.c.net_spend_minor, member_summary.c.member_id)
Index("member_summary_points_available_idx", member_summary.c.points_available, member_summary.c.member_id)
Index("member_summary_growth_idx", member_summary.c.growth, member_summary.c.member_id)
Index("member_summary_tier_rank_idx", text(TIER_RANK), member_summary.c.member_id)
Index("member_summary_tier_code_idx", member_summary.c.tier_code, text(LAST_ORDER), member_summary.c.member_id)
Index("member_summary_store_id_idx", member_summary.c.store_id, text(LAST_ORDER), member_summary.c.member_id)
Index("member_summary_status_idx", member_summary.c.status, text(LAST_ORDER), member_summary.c.member_id)
Index(
    "member_summary_employee_id_idx",
    member_summary.c.employee_id,
    text(LAST_ORDER),
    member_summary.c.member_id,
    postgresql_where=member_summary.c.employee_id.is_not(None),
)
Index(
    "member_merge_absorbed_id_idx",
    member_merge.c.absorbed_id,
    unique=True,
    postgresql_where=member_merge.c.undone_at.is_(None),
)
Index("member_merged_into_idx", member.c.merged_into, postgresql_where=member.c.merged_into.is_not(None))
Index("member_manager_id_idx", member.c.manager_id, postgresql_where=member.c.manager_id.is_not(None))
Index("member_inviter_id_idx", member.c.inviter_id, postgresql_where=member.c.inviter_id.is_not(None))

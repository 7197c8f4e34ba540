"""Tables of coupons. Private to the module.

A coupon never changes its member: given away, or exchanged from a printed code, it ends, and its follower begins.
Member 0 is nobody: whoever presents the code.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
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
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

coupon_template = Table(
    "coupon_template",
    metadata,
    Column("template_id", BigInteger, Identity(always=True), primary_key=True),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("state", Text, nullable=False),
    # The newest published terms, which new coupons get; 0: none yet.
    Column("terms_version", Integer, nullable=False, server_default=text("0")),
    # Terms that are being written: rules.Terms.
    Column("draft", JSONB, nullable=True),
    # How it is given out, which may change at any time: rules.Issuing.
    Column("issuing", JSONB, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("code"),
    CheckConstraint("state in ('draft', 'published', 'paused', 'closed')", name="state"),
)

# What was promised. Never changed: coupons name the version that they were issued under.
coupon_terms = Table(
    "coupon_terms",
    metadata,
    Column("template_id", BigInteger, ForeignKey("coupon_template.template_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("terms", JSONB, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("published_by", Text, nullable=False),
)

coupon_batch = Table(
    "coupon_batch",
    metadata,
    Column("batch_id", BigInteger, Identity(always=True), primary_key=True),
    Column("template_id", BigInteger, nullable=False),
    Column("terms_version", Integer, nullable=False),
    # codes: made here; external: made elsewhere and imported; members: given to many members at once.
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("wanted", BigInteger, nullable=False),
    Column("made", BigInteger, nullable=False, server_default=text("0")),
    Column("state", Text, nullable=False),
    # What the work needs to go on, and what it found.
    Column("details", JSONB, nullable=False, server_default=text("'{}'")),
    Column("asked_by", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True), nullable=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    ForeignKeyConstraint(["template_id", "terms_version"], ["coupon_terms.template_id", "coupon_terms.version"]),
    CheckConstraint("kind in ('codes', 'external', 'members')", name="kind"),
    CheckConstraint(
        "state in ('waiting', 'running', 'checked', 'stopped', 'done', 'failed', 'voiding', 'voided')", name="state"
    ),
    Index("coupon_batch_template_id_idx", "template_id"),
)

# Rows of a file of codes that were handed back, with their reason; whom a row is for is kept masked.
coupon_batch_reject = Table(
    "coupon_batch_reject",
    metadata,
    Column("batch_id", BigInteger, ForeignKey("coupon_batch.batch_id"), primary_key=True),
    Column("row_no", BigInteger, primary_key=True),
    Column("code", Text, nullable=False),
    Column("values", JSONB, nullable=False),
    Column("cells", JSONB, nullable=False),
)

coupon = Table(
    "coupon",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("coupon_id", BigInteger, Identity(always=False), primary_key=True),
    Column("template_id", BigInteger, nullable=False),
    Column("terms_version", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Counts its moves: each has the number that the coupon had after it.
    Column("version", Integer, nullable=False, server_default=text("1")),
    # How it came to be: claim, rule, benefit, staff, api, code, exchange, transfer, lottery.
    Column("how", Text, nullable=False),
    # What asked for it; asked again, there is no second one.
    Column("grant_key", Text, nullable=True),
    Column("batch_id", BigInteger, ForeignKey("coupon_batch.batch_id"), nullable=True),
    # Which unit of a limited stock it is.
    Column("unit_no", Integer, nullable=True),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("valid_from", DateTime(timezone=True), nullable=False),
    # The first instant at which it is over; null: never.
    Column("expires_at", DateTime(timezone=True), nullable=True),
    # Who has it locked, or redeemed it: a cart or an order by its source and number.
    Column("cart_source_id", SmallInteger, ForeignKey("order_source.source_id"), nullable=True),
    Column("cart_number", Text, nullable=True),
    Column("locked_until", DateTime(timezone=True), nullable=True),
    Column("redeemed_at", DateTime(timezone=True), nullable=True),
    # How often a refund has given it back.
    Column("returned", Integer, nullable=False, server_default=text("0")),
    ForeignKeyConstraint(["template_id", "terms_version"], ["coupon_terms.template_id", "coupon_terms.version"]),
    CheckConstraint("state in ('issued', 'locked', 'redeemed', 'expired', 'void', 'given')", name="state"),
    Index("coupon_coupon_id_idx", "coupon_id", unique=True),
    Index("coupon_template_id_coupon_id_idx", "template_id", "coupon_id"),
    Index("coupon_batch_id_coupon_id_idx", "batch_id", "coupon_id", postgresql_where=text("batch_id is not null")),
    # What became of a batch's coupons, without counting the many that just lie there.
    Index(
        "coupon_batch_id_how_state_idx",
        "batch_id",
        "how",
        "state",
        postgresql_where=text("batch_id is not null and state <> 'issued'"),
    ),
    Index(
        "coupon_member_id_grant_key_idx",
        "member_id",
        "grant_key",
        unique=True,
        postgresql_where=text("grant_key is not null"),
    ),
    Index("coupon_expires_at_idx", "expires_at", postgresql_where=text("state in ('issued', 'locked')")),
    Index("coupon_locked_until_idx", "locked_until", postgresql_where=text("state = 'locked'")),
    Index(
        "coupon_cart_source_id_cart_number_idx",
        "cart_source_id",
        "cart_number",
        postgresql_where=text("cart_source_id is not null"),
    ),
)

# Uniqueness that is not by member lives in a small table of its own.
coupon_code = Table(
    "coupon_code",
    metadata,
    Column("code", Text, primary_key=True),
    Column("member_id", BigInteger, nullable=False),
    Column("coupon_id", BigInteger, nullable=False),
)

# What happened to a coupon, never changed. Codes of a batch begin without one: the batch tells of it.
coupon_move = Table(
    "coupon_move",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("coupon_id", BigInteger, primary_key=True),
    Column("move_no", Integer, primary_key=True),
    Column("template_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    # In the shop's zone.
    Column("day", Date, nullable=False),
    Column("actor", Text, nullable=False),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), nullable=True),
    # Where it happened: the source of the cart or order, or how it was issued.
    Column("channel", Text, nullable=True),
    Column("order_id", BigInteger, nullable=True),
    Column("discount_minor", BigInteger, nullable=False, server_default=text("0")),
    Column("reason", Text, nullable=True),
    Index("coupon_move_template_id_day_idx", "template_id", "day"),
    # What reports ask for: the days of the whole shop.
    Index("coupon_move_day_idx", "day"),
)

# What a coupon took off an order, and off which of its lines.
coupon_use = Table(
    "coupon_use",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("order_id", BigInteger, primary_key=True),
    Column("coupon_id", BigInteger, primary_key=True),
    # Whose coupon it was: the member's, of somebody merged into the member, or nobody's.
    Column("holder_id", BigInteger, nullable=False),
    Column("template_id", BigInteger, nullable=False),
    Column("terms_version", Integer, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    # Line number → minor units.
    Column("shares", JSONB, nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False),
    Column("day", Date, nullable=False),
    Column("store_id", BigInteger, ForeignKey("store.store_id"), nullable=True),
    # When a refund gave it back, or said that it is lost.
    Column("settled_at", DateTime(timezone=True), nullable=True),
    # What of the discount refunds have taken back.
    Column("returned_minor", BigInteger, nullable=False, server_default=text("0")),
    Index("coupon_use_coupon_id_idx", "coupon_id"),
)

# One row for each unit of a limited stock: whoever has locked one has it alone.
coupon_unit = Table(
    "coupon_unit",
    metadata,
    Column("template_id", BigInteger, ForeignKey("coupon_template.template_id"), primary_key=True),
    Column("unit_no", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    CheckConstraint("state in ('free', 'taken', 'withdrawn')", name="state"),
    Index("coupon_unit_free_idx", "template_id", "unit_no", postgresql_where=text("state = 'free'")),
)

# What a member has taken under a limit: unique by the count within its period.
coupon_claim = Table(
    "coupon_claim",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("template_id", BigInteger, ForeignKey("coupon_template.template_id"), primary_key=True),
    # lifetime, or the first day of the day, week, month or year.
    Column("period", Text, primary_key=True),
    Column("nth", Integer, primary_key=True),
    Column("coupon_id", BigInteger, nullable=False),
)

# Who wants to take part in a draw.
coupon_entry = Table(
    "coupon_entry",
    metadata,
    Column("template_id", BigInteger, ForeignKey("coupon_template.template_id"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("member_id", BigInteger, primary_key=True),
    Column("entered_at", DateTime(timezone=True), nullable=False),
    # The member's public number, by which it is drawn.
    Column("number", Text, nullable=False),
    # Its place among the entries by the drawn seed; null: not drawn yet.
    Column("place", Integer, nullable=True),
    Column("is_winner", Boolean, nullable=True),
    Index("coupon_entry_place_idx", "template_id", "round", "place"),
)

# A draw: what it will be decided by is promised before anybody enters, and told afterwards.
coupon_draw = Table(
    "coupon_draw",
    metadata,
    Column("template_id", BigInteger, ForeignKey("coupon_template.template_id"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("seed_hash", Text, nullable=False),
    # Wrapped by the program's key until it is drawn.
    Column("sealed_seed", LargeBinary, nullable=False),
    Column("kek_version", SmallInteger, nullable=False),
    Column("seed", Text, nullable=True),
    # SHA-256 of the entries as they were drawn.
    Column("entries_hash", Text, nullable=True),
    Column("opens_at", DateTime(timezone=True), nullable=False),
    Column("closes_at", DateTime(timezone=True), nullable=False),
    Column("winners", Integer, nullable=False),
    Column("drawn_at", DateTime(timezone=True), nullable=True),
    Column("announced_by", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint(
        "seed is null or encode(sha256(convert_to(seed, 'UTF8')), 'hex') = seed_hash",
        name="seed",
    ),
    CheckConstraint("winners > 0", name="winners"),
    CheckConstraint("opens_at < closes_at", name="opens_at"),
    Index("coupon_draw_closes_at_idx", "closes_at", postgresql_where=text("drawn_at is null")),
)

# What a template's budget has used in a period.
coupon_budget_room = Table(
    "coupon_budget_room",
    metadata,
    Column("template_id", BigInteger, ForeignKey("coupon_template.template_id"), primary_key=True),
    # discount or count
    Column("counts", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("used", BigInteger, nullable=False),
    CheckConstraint("used >= 0", name="used"),
)

# A coupon that a member offers to somebody else; who has the token may take it.
coupon_transfer = Table(
    "coupon_transfer",
    metadata,
    Column("transfer_id", BigInteger, Identity(always=True), primary_key=True),
    Column("member_id", BigInteger, nullable=False),
    Column("coupon_id", BigInteger, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("offered_at", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("to_member_id", BigInteger, nullable=True),
    Column("new_coupon_id", BigInteger, nullable=True),
    Column("ended_at", DateTime(timezone=True), nullable=True),
    UniqueConstraint("token_hash"),
    CheckConstraint("state in ('offered', 'accepted', 'withdrawn', 'expired')", name="state"),
    Index("coupon_transfer_member_id_coupon_id_idx", "member_id", "coupon_id"),
    Index("coupon_transfer_to_member_id_idx", "to_member_id"),
)

# Coupons whose end was announced: each once.
coupon_reminder = Table(
    "coupon_reminder",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("coupon_id", BigInteger, primary_key=True),
    Column("reminded_at", DateTime(timezone=True), nullable=False),
)

# How coupons of the shop may be combined: rules.Stacking.
coupon_stacking = Table(
    "coupon_stacking",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=text("true")),
    Column("version", Integer, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("one", name="one"),
)

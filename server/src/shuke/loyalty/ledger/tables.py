"""Tables of the ledger. Private to the module; the application's role may add entries and never change them.

Balance of an account = sum of what remains in its lots (open and pending) − debt, always. Entries, lots, allocations
and holds have no foreign key to their account: one statement writes them, and only when it has moved that account.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
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

ledger_currency = Table(
    "ledger_currency",
    metadata,
    Column("currency_id", SmallInteger, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    # points | growth | stored_value | stamps
    Column("kind", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("expiry", JSONB, nullable=False),
    Column("pending", JSONB, nullable=False),
    Column("negative", JSONB, nullable=False),
    Column("rounding", Text, nullable=False),
    Column("balance_cap", BigInteger, nullable=True),
    # What one unit costs the shop when used, in millionths of the money's minor unit.
    Column("unit_cost_micro", BigInteger, nullable=False),
    # Where used value goes when its use is reversed.
    Column("restore", JSONB, nullable=False, server_default=text("""'{"kind": "original"}'""")),
    # truncate | reject
    Column("cap_mode", Text, nullable=False, server_default=text("'truncate'")),
    # An adjustment of more than this needs a second person.
    Column("approval_above", BigInteger, nullable=True),
    # Of the configuration, for changes that must not overwrite each other.
    Column("version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("code"),
)

ledger_account = Table(
    "ledger_account",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("currency_id", SmallInteger, ForeignKey("ledger_currency.currency_id"), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("available", BigInteger, nullable=False),
    Column("pending", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("debt", BigInteger, nullable=False),
    Column("lot_count", Integer, nullable=False),
    Column("hold_count", Integer, nullable=False),
    # When the next lot expires or matures or the next hold times out.
    Column("due_at", DateTime(timezone=True), nullable=True),
    Column("head_hash", LargeBinary, nullable=False),
    # The last day of an activity that keeps value alive, where the currency asks for one.
    Column("active_on", Date, nullable=True),
    Index("ledger_account_due_idx", "due_at", "member_id", "currency_id", postgresql_where=text("due_at is not null")),
)

ledger_operation = Table(
    "ledger_operation",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("request_hash", LargeBinary, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=True),
    Column("approved_by", Text, nullable=True),
    # The operation that this one reverses, wholly or in part.
    Column("reverses_key", Text, nullable=True),
    # The other member of a transfer or merge.
    Column("counterpart_member_id", BigInteger, nullable=True),
    Column("origin_kind", Text, nullable=True),
    Column("origin_id", BigInteger, nullable=True),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("business_day", Date, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    # A caller's key names one operation of one member; a transfer is known by the side with the smaller number.
    Index(
        "ledger_operation_key_idx",
        "key",
        unique=True,
        postgresql_where=text(
            "origin_kind is null and actor <> 'system:0'"
            " and (counterpart_member_id is null or member_id < counterpart_member_id)"
        ),
    ),
)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("currency_id", SmallInteger, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("operation_key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # The account on the other side: what the member gains it loses, so that every operation sums to zero.
    Column("contra", Text, nullable=False),
    # Change of available + pending + held − debt.
    Column("amount", BigInteger, nullable=False),
    # What only changed its place within the account (held, matured, released).
    Column("moved", BigInteger, nullable=False),
    Column("available_after", BigInteger, nullable=False),
    Column("pending_after", BigInteger, nullable=False),
    Column("held_after", BigInteger, nullable=False),
    Column("debt_after", BigInteger, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("business_day", Date, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("rule_version_id", BigInteger, nullable=True),
    Column("origin_kind", Text, nullable=True),
    Column("origin_id", BigInteger, nullable=True),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    # json, not jsonb: the hash covers the very text.
    Column("explanation", JSON, nullable=False),
    # The account's `active_on` after it.
    Column("active_after", Date, nullable=True),
    # The hold that it opened, used or released.
    Column("hold_no", Integer, nullable=True),
    # The entry of the same account that it reverses, wholly or in part.
    Column("reverses_version", BigInteger, nullable=True),
    ForeignKeyConstraint(["member_id", "operation_key"], ["ledger_operation.member_id", "ledger_operation.key"]),
    # Statements: the balance at the beginning of a day, without reading the entries themselves.
    Index(
        "ledger_entry_day_idx",
        "member_id",
        "currency_id",
        "business_day",
        "version",
        postgresql_include=["kind", "amount"],
    ),
    Index(
        "ledger_entry_reverses_idx",
        "member_id",
        "currency_id",
        "reverses_version",
        postgresql_where=text("reverses_version is not null"),
    ),
)

ledger_lot = Table(
    "ledger_lot",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("currency_id", SmallInteger, primary_key=True),
    Column("lot_no", Integer, primary_key=True),
    Column("opened_version", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("remaining", BigInteger, nullable=False),
    # The part of what remains that holds have set aside.
    Column("held", BigInteger, nullable=False),
    # pending | open | spent | expired | taken_back | cancelled | transferred
    Column("state", Text, nullable=False),
    Column("earned_on", Date, nullable=False),
    # The event that makes a pending lot available, where no day does.
    Column("matures_on", Text, nullable=True),
    Column("unit_cost_micro", BigInteger, nullable=False),
    # Who pays for it: a campaign, a brand; stored value: principal or bonus.
    Column("funding", Text, nullable=True),
    Column("rule_version_id", BigInteger, nullable=True),
    Column("origin_kind", Text, nullable=True),
    Column("origin_id", BigInteger, nullable=True),
    # The first local day on which it can be used, where it is not usable at once.
    Column("available_on", Date, nullable=True),
    # The last local day on which it can be used.
    Column("expires_on", Date, nullable=True),
    Index(
        "ledger_lot_open_idx",
        "member_id",
        "currency_id",
        "expires_on",
        postgresql_where=text("state in ('open', 'pending')"),
    ),
)

ledger_allocation = Table(
    "ledger_allocation",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("currency_id", SmallInteger, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("lot_no", Integer, primary_key=True),
    # Change of the lot's remaining, and of its held part.
    Column("amount", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
)

ledger_hold = Table(
    "ledger_hold",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("currency_id", SmallInteger, primary_key=True),
    Column("hold_no", Integer, primary_key=True),
    Column("opened_version", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("remaining", BigInteger, nullable=False),
    # open | captured | released | timed_out
    Column("state", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=True),
    Column("origin_kind", Text, nullable=True),
    Column("origin_id", BigInteger, nullable=True),
    # How much of which lot it holds now: lot number → amount.
    Column("parts", JSONB, nullable=False),
    Index("ledger_hold_open_idx", "member_id", "currency_id", postgresql_where=text("state = 'open'")),
)

ledger_adjustment = Table(
    "ledger_adjustment",
    metadata,
    Column("adjustment_id", BigInteger, Identity(always=True), primary_key=True),
    Column("member_id", BigInteger, ForeignKey("member.member_id"), nullable=False),
    Column("currency_id", SmallInteger, ForeignKey("ledger_currency.currency_id"), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    # waiting | done | rejected | withdrawn
    Column("state", Text, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("decided_by", Text, nullable=True),
    Column("decided_at", DateTime(timezone=True), nullable=True),
    Column("note", Text, nullable=True),
    # The operation's key in the ledger, given when it was asked for.
    Column("operation_key", Text, nullable=False),
    Column("request_hash", LargeBinary, nullable=False),
    UniqueConstraint("operation_key"),
    Index("ledger_adjustment_member_id_idx", "member_id", "adjustment_id"),
    Index("ledger_adjustment_waiting_idx", "adjustment_id", postgresql_where=text("state = 'waiting'")),
)

ledger_root = Table(
    "ledger_root",
    metadata,
    Column("root_id", BigInteger, primary_key=True, autoincrement=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("accounts", BigInteger, nullable=False),
    Column("entries", BigInteger, nullable=False),
    # The accounts lie in 2^bits buckets; `buckets` holds the hash of each, 32 bytes one after the other.
    Column("bucket_bits", SmallInteger, nullable=False),
    Column("buckets", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

ledger_root_head = Table(
    "ledger_root_head",
    metadata,
    Column("member_id", BigInteger, primary_key=True),
    Column("currency_id", SmallInteger, primary_key=True),
    # The first root that holds this head; an account that has not moved since has no row in later ones.
    Column("root_id", BigInteger, ForeignKey("ledger_root.root_id"), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

ledger_verification = Table(
    "ledger_verification",
    metadata,
    Column("verification_id", BigInteger, Identity(always=True), primary_key=True),
    # all | member | since
    Column("scope", Text, nullable=False),
    Column("member_id", BigInteger, nullable=True),
    Column("root_id", BigInteger, nullable=True),
    # running | passed | failed | broken
    Column("state", Text, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=True),
    Column("accounts", BigInteger, nullable=False, server_default=text("0")),
    Column("entries", BigInteger, nullable=False, server_default=text("0")),
    Column("wrong", JSONB, nullable=True),
)

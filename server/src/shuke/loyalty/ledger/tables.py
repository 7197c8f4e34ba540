"""Tables of the ledger. Private to the module; the application's role may add entries and never change them.

Balance of an account = sum of what remains in its lots (open and pending) − debt, always.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
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
    Index("ledger_account_due_at_idx", "due_at", postgresql_where=text("due_at is not null")),
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
    Column("answer", JSONB, nullable=True),
)

_ACCOUNT = ["ledger_account.member_id", "ledger_account.currency_id"]

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
    Column("explanation", JSONB, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    ForeignKeyConstraint(["member_id", "currency_id"], _ACCOUNT),
    ForeignKeyConstraint(["member_id", "operation_key"], ["ledger_operation.member_id", "ledger_operation.key"]),
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
    Column("available_from", DateTime(timezone=True), nullable=True),
    # The event that makes a pending lot available, where no time does.
    Column("matures_on", Text, nullable=True),
    Column("expires_at", DateTime(timezone=True), nullable=True),
    Column("unit_cost_micro", BigInteger, nullable=False),
    # Who pays for it: a campaign, a brand; stored value: principal or bonus.
    Column("funding", Text, nullable=True),
    Column("rule_version_id", BigInteger, nullable=True),
    Column("origin_kind", Text, nullable=True),
    Column("origin_id", BigInteger, nullable=True),
    ForeignKeyConstraint(["member_id", "currency_id"], _ACCOUNT),
    Index(
        "ledger_lot_open_idx",
        "member_id",
        "currency_id",
        "expires_at",
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
    ForeignKeyConstraint(["member_id", "currency_id"], _ACCOUNT),
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
    ForeignKeyConstraint(["member_id", "currency_id"], _ACCOUNT),
)

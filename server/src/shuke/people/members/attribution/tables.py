"""Whose member was whose, and transfers between employees. Private to members."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform.db import metadata

member_transfer = Table(
    "member_transfer",
    metadata,
    Column("transfer_id", BigInteger, Identity(always=True), primary_key=True),
    Column("employee_id", BigInteger, ForeignKey("employee.employee_id"), nullable=False),
    # How members are shared out, among whom, and whose turn it is.
    Column("plan", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("members", BigInteger, nullable=False),
    Column("moved", BigInteger, nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=True),
    Column("undone_by", Text, nullable=True),
    Column("undone_at", DateTime(timezone=True), nullable=True),
    CheckConstraint("state in ('running', 'done', 'undoing', 'undone')", name="state"),
    Index("member_transfer_employee_id_idx", "employee_id", "transfer_id"),
)

# Added to, and never changed.
member_attribution_change = Table(
    "member_attribution_change",
    metadata,
    Column("member_id", BigInteger, ForeignKey("member.member_id"), primary_key=True),
    Column("change_id", BigInteger, Identity(always=True), primary_key=True),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("transfer_id", BigInteger, ForeignKey("member_transfer.transfer_id"), nullable=True),
    Column("store_before", BigInteger, nullable=True),
    Column("store_after", BigInteger, nullable=True),
    Column("employee_before", BigInteger, nullable=True),
    Column("employee_after", BigInteger, nullable=True),
    Column("manager_before", BigInteger, nullable=True),
    Column("manager_after", BigInteger, nullable=True),
)

Index(
    "member_attribution_change_transfer_id_idx",
    member_attribution_change.c.transfer_id,
    member_attribution_change.c.member_id,
    postgresql_where=member_attribution_change.c.transfer_id.is_not(None),
)

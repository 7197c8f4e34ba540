"""What was used of caps and budgets. No foreign keys: every order that a limit holds for writes here, and publishing a
rule, which locks it, must not wait for tills.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Table, Text, text

from shuke.platform.db import metadata

earning_cap_use = Table(
    "earning_cap_use",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("rule_id", BigInteger, primary_key=True, autoincrement=False),
    # A currency; or, as effect:<kind>, an effect beside value.
    Column("counted", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("period_start", Date, primary_key=True),
    Column("amount", BigInteger, nullable=False, server_default=text("0")),
    Column("times", BigInteger, nullable=False, server_default=text("0")),
    CheckConstraint("amount >= 0 and times >= 0", name="used"),
)

earning_budget_use = Table(
    "earning_budget_use",
    metadata,
    Column("rule_id", BigInteger, primary_key=True, autoincrement=False),
    Column("counted", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("period_start", Date, primary_key=True),
    Column("amount", BigInteger, nullable=False, server_default=text("0")),
    Column("times", BigInteger, nullable=False, server_default=text("0")),
    CheckConstraint("amount >= 0 and times >= 0", name="used"),
)

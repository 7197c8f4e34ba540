"""Builders of the ledger for tests."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform.db import Session, raw

from .actions import define_currency
from .acts import Act
from .loading import lock_accounts
from .perform import Instruction, perform
from .queries import Done
from .rules import Operation, Terms, bring_forward, credit, take_back
from .saving import save

ZONE = ZoneInfo("Asia/Shanghai")
_numbers = count(1)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def two_currencies(session: Session, *, months: int = 6) -> None:
    """Points that last some months to the end of a month, and growth that lasts for ever."""
    common = {"pending": {"kind": "none"}, "negative": {"kind": "unlimited"}, "rounding": "down", "balance_cap": None}
    points = {"kind": "after", "months": months, "days": 0, "round_to": "month"}
    for number, code, names, expiry in (
        (1, "points", ("积分", "Points"), points),
        (2, "growth", ("成长值", "Growth"), {"kind": "none"}),
    ):
        row = {"currency_id": number, "code": code, "kind": code, "name_zh": names[0], "name_en": names[1]}
        await define_currency(session, row={**common, **row, "expiry": expiry, "unit_cost_micro": 0})


def operation(
    key: str, at: datetime = AT, *, kind: str = "order", origin_kind: str | None = None, origin_id: int | None = None
) -> Operation:
    """A business act of a test."""
    return Operation(
        key=key,
        kind=kind,
        occurred_at=at,
        business_day=at.astimezone(ZONE).date(),
        recorded_at=at + timedelta(seconds=1),
        actor="system:0",
        request_hash=sha256(key.encode()).digest(),
        origin_kind=origin_kind,
        origin_id=origin_id,
    )


async def credited(
    session: Session,
    member_id: int,
    amount: int,
    what: Operation,
    *,
    currency: str = "points",
    facts: dict[str, Any] | None = None,
    rule_version_id: int | None = None,
) -> None:
    """A credit in the ledger."""
    account = (await lock_accounts(session, [member_id], ZONE))[member_id][currency]
    credit(account, what, amount, terms=Terms(rule_version_id=rule_version_id), explanation=facts or {})
    await save(session, [account], {member_id: [what]})


async def taken_back(
    session: Session, member_id: int, amount: int, what: Operation, *, facts: dict[str, Any] | None = None
) -> None:
    """A take-back in the ledger."""
    account = (await lock_accounts(session, [member_id], ZONE))[member_id]["points"]
    take_back(account, what, amount, origin_ids=[], explanation=facts or {})
    await save(session, [account], {member_id: [what]})


async def expired(session: Session, member_id: int, until: datetime) -> None:
    """Whatever is due, expired."""
    account = (await lock_accounts(session, [member_id], ZONE))[member_id]["points"]
    done = bring_forward(account, until, until)
    await save(session, [account], {member_id: done})


async def instruct(
    session: Session,
    member_id: int,
    act: Act,
    *,
    key: str | None = None,
    currency: str = "points",
    if_version: int | None = None,
) -> Done:
    """Do one thing to one account, now; without a key, one that nobody has used."""
    key = key or f"test:{next(_numbers)}"
    wanted = Instruction(
        member_id=member_id,
        currency=currency,
        act=act,
        key=key,
        actor="staff:1",
        request_hash=sha256(repr(act).encode()).digest(),
        if_version=if_version,
    )
    return await perform(session, wanted, ZONE)


async def balances(session: Session, member_id: int, currency: str = "points") -> tuple[int, int, int, int]:
    """Available, pending, held, debt."""
    driver = await raw(session)
    row = await driver.fetchrow(
        """
        select a.available, a.pending, a.held, a.debt from ledger_account a join ledger_currency using (currency_id)
        where member_id = $1 and code = $2
        """,
        member_id,
        currency,
    )
    return tuple(row) if row else (0, 0, 0, 0)

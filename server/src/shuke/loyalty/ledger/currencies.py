"""The configured currencies, as the rules want them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from shuke.platform.db import Session

from .rules import BalanceCap, Currency, ExpiryPolicy, NegativePolicy, PendingPolicy, RestorePolicy
from .tables import ledger_currency


async def currencies(session: Session) -> dict[str, Currency]:
    """Every currency by its code."""
    rows = (await session.execute(select(ledger_currency).order_by(ledger_currency.c.currency_id))).mappings()
    return {row["code"]: currency_of(dict(row)) for row in rows}


def currency_of(row: Mapping[str, Any]) -> Currency:
    """A currency of a stored row."""
    return Currency(
        currency_id=row["currency_id"],
        code=row["code"],
        kind=row["kind"],
        expiry=expiry_of(row["expiry"]),
        pending=_pending(row["pending"]),
        negative=NegativePolicy(**row["negative"]),
        restore=RestorePolicy(**row["restore"]),
        unit_cost_micro=row["unit_cost_micro"],
        cap=BalanceCap(row["balance_cap"], row["cap_mode"]) if row["balance_cap"] is not None else None,
        approval_above=row["approval_above"],
    )


def expiry_of(stored: dict[str, Any]) -> ExpiryPolicy:
    """The policy of a stored configuration."""
    lists: dict[str, Any] = {name: tuple(stored[name]) for name in ("dates", "resets") if name in stored}
    return ExpiryPolicy(**(stored | lists))


def _pending(stored: dict[str, Any]) -> PendingPolicy:
    until = stored.get("until")
    return PendingPolicy(**(stored | {"until": date.fromisoformat(until) if until else None}))

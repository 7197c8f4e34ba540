"""The configured currencies, as the rules want them."""

from typing import Any

from sqlalchemy import select

from shuke.platform.db import Session

from .rules import Currency, ExpiryPolicy, NegativePolicy
from .tables import ledger_currency


async def currencies(session: Session) -> dict[str, Currency]:
    """Every currency by its code."""
    rows = (await session.execute(select(ledger_currency).order_by(ledger_currency.c.currency_id))).mappings()
    return {row["code"]: _currency(dict(row)) for row in rows}


def _currency(row: dict[str, Any]) -> Currency:
    return Currency(
        currency_id=row["currency_id"],
        code=row["code"],
        expiry=ExpiryPolicy(**row["expiry"]),
        negative=NegativePolicy(**row["negative"]),
        unit_cost_micro=row["unit_cost_micro"],
    )

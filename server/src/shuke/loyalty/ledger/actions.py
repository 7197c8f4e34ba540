"""Verbs of the ledger's configuration."""

from typing import Any

from sqlalchemy import select

from shuke.platform.db import Session

from .tables import ledger_currency


async def define_currency(session: Session, *, row: dict[str, Any]) -> None:
    """Add a currency, or leave it as it is when its code exists. `row` holds the columns of `ledger_currency`."""
    known = await session.scalar(select(ledger_currency.c.currency_id).where(ledger_currency.c.code == row["code"]))
    if known is None:
        await session.execute(ledger_currency.insert().values(**row))

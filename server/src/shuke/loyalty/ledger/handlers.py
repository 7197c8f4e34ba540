"""Reactions to the ledger's own events: what lists show of members follows every account, whoever moved it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.events import StoredEvent

from .currencies import currencies
from .rules import Currency, inactive_from

# What lists know of by name; accounts in other currencies are shown on the member's own page.
_POINTS, _GROWTH = "points", "growth"
_ACCOUNTS = """
    select a.member_id, c.code, a.available, a.debt, a.available + a.pending + a.held - a.debt as balance, a.active_on,
        (select min(l.expires_on) from ledger_lot l
         where l.member_id = a.member_id and l.currency_id = a.currency_id and l.state = 'open'
             and l.remaining > l.held) as expires_on
    from ledger_account a join ledger_currency c using (currency_id)
    where a.member_id = any($1::bigint[]) and c.code = any($2::text[])
"""


async def write_member_facts(session: Session, events: Sequence[StoredEvent]) -> None:
    """Write down what the accounts of the events' members say now: twice or in another order comes to the same."""
    await write_facts_of(session, sorted({event.member_id for event in events}))


async def write_facts_of(session: Session, ids: Sequence[int]) -> None:
    """Write down what the accounts of these members say now."""
    driver = await raw(session)
    accounts: dict[int, dict[str, Any]] = {member_id: {} for member_id in ids}
    for row in await driver.fetch(_ACCOUNTS, list(ids), [_POINTS, _GROWTH]):
        accounts[row["member_id"]][row["code"]] = row
    points = (await currencies(session)).get(_POINTS)
    await members.write_balances(session, [_facts(member_id, accounts[member_id], points) for member_id in ids])


def _facts(member_id: int, accounts: dict[str, Any], currency: Currency | None) -> members.BalancesRow:
    points, growth = accounts.get(_POINTS), accounts.get(_GROWTH)
    return members.BalancesRow(
        member_id=member_id,
        points_available=points["available"] if points else 0,
        points_debt=points["debt"] if points else 0,
        growth=growth["balance"] if growth else 0,
        points_expiring_on=_expires_on(points, currency) if points and currency else None,
    )


def _expires_on(account: Any, currency: Currency) -> date | None:
    """The day on which the next value that can be used ends."""
    expires_on: date | None = account["expires_on"]
    if currency.expiry.kind != "inactivity":
        return expires_on
    is_kept_alive = account["available"] > 0 and account["active_on"] is not None
    return inactive_from(currency.expiry, account["active_on"]) if is_kept_alive else None

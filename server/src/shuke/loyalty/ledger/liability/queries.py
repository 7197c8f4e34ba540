"""What all accounts together hold, as of one moment.

Every live lot is read each time: for a million of them, less than half a second's work of one core, and seldom asked
for. Sums kept by day would make every operation of every member write to the same few rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from shuke.platform.db import Session, raw

from ..currencies import currencies
from ..errors import CurrencyNotFound
from ..queries import CurrencyName, currency_names
from ..rules import Currency, inactive_from

State = Literal["available", "pending", "held"]


@dataclass(frozen=True, slots=True)
class Part:
    """Units of one state that end in one month (its first day; None: no end). Cost in millionths of a minor unit."""

    state: State
    month: date | None
    units: int
    cost_micro: int


@dataclass(frozen=True, slots=True)
class Liability:
    """What members hold of one currency, and what they owe of it."""

    currency: CurrencyName
    parts: Sequence[Part]
    debt: int


async def list_liabilities(session: Session, code: str | None) -> list[Liability]:  # allow: sight — whole shop only
    """Every currency, or the one with a code, in one statement. Raises CurrencyNotFound."""
    names = [name for name in await currency_names(session) if code in (None, name.code)]
    if code is not None and not names:
        raise CurrencyNotFound(currency=code)
    by_id = {currency.currency_id: currency for currency in (await currencies(session)).values()}
    idle = [name.currency_id for name in names if by_id[name.currency_id].expiry.kind == "inactivity"]
    others = [name.currency_id for name in names if name.currency_id not in idle]
    driver = await raw(session)
    rows = await driver.fetch(_HOLDINGS, others, idle)
    return [
        _liability(name, by_id[name.currency_id], [row for row in rows if row["currency_id"] == name.currency_id])
        for name in names
    ]


# Closed lots have nothing left. What ends by inactivity ends with its account, whatever its lots say.
_HOLDINGS = """
    select currency_id, state, expires_on, null::date as active_on, unit_cost_micro,
        sum(remaining)::bigint as units, sum(held)::bigint as held
    from ledger_lot where remaining > 0 and currency_id = any($1::smallint[])
    group by currency_id, state, expires_on, unit_cost_micro
    union all
    select l.currency_id, l.state, null, a.active_on, l.unit_cost_micro, sum(l.remaining)::bigint, sum(l.held)::bigint
    from ledger_lot l join ledger_account a using (member_id, currency_id)
    where l.remaining > 0 and l.currency_id = any($2::smallint[])
    group by l.currency_id, l.state, a.active_on, l.unit_cost_micro
    union all
    select currency_id, 'debt', null, null, 0, sum(debt)::bigint, 0
    from ledger_account where debt > 0 and currency_id = any($1::smallint[] || $2::smallint[])
    group by currency_id
"""


def _liability(name: CurrencyName, currency: Currency, rows: Iterable[Any]) -> Liability:
    sums: dict[tuple[State, date | None], list[int]] = {}
    debt = 0
    for row in rows:
        if row["state"] == "debt":
            debt += row["units"]
            continue
        month = _month(row, currency)
        free: State = "pending" if row["state"] == "pending" else "available"
        shares: list[tuple[State, int]] = [(free, row["units"] - row["held"]), ("held", row["held"])]
        for state, units in shares:
            if units:
                known = sums.setdefault((state, month), [0, 0])
                known[0] += units
                known[1] += units * row["unit_cost_micro"]
    # Months in their order, what has no end behind them.
    ordered = sorted(sums.items(), key=lambda item: (item[0][1] or date.max, item[0][0]))
    return Liability(name, [Part(state, month, *amounts) for (state, month), amounts in ordered], debt)


def _month(row: Any, currency: Currency) -> date | None:
    ends: date | None = row["expires_on"]
    if row["active_on"] is not None:
        ends = inactive_from(currency.expiry, row["active_on"])
    return ends.replace(day=1) if ends else None

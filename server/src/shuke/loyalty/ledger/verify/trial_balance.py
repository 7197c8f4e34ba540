"""The trial balance: what members hold of each currency, and the other side of everything that ever moved.

Every entry has a contra side, so each currency sums to zero; and what the entries say members hold must be what their
accounts and lots hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shuke.platform.db import Session, raw


@dataclass(frozen=True, kw_only=True)
class CurrencyBalance:
    """One currency. `sides`: the contra sides, with what they gave as negative numbers."""

    currency: str
    # Σ over entries of what they changed.
    members: int
    sides: Mapping[str, int]
    # Σ over accounts: available, pending and held, less debt.
    liabilities: int
    # Σ over lots of what remains, less Σ of debt.
    lots: int

    @property
    def difference(self) -> int:
        """What members and contra sides sum to, which must be nothing; transfers among members neither."""
        return self.members + sum(self.sides.values())

    @property
    def ok(self) -> bool:
        """Whether it balances, and accounts, lots and entries say the same."""
        moved = self.sides.get("transfer", 0) == self.sides.get("internal", 0) == 0
        return self.difference == 0 and moved and self.members == self.liabilities == self.lots


async def trial_balance(session: Session) -> list[CurrencyBalance]:
    """The trial balance of every currency, by code; all as of one moment."""
    driver = await raw(session)
    return [
        CurrencyBalance(
            currency=row["code"],
            members=int(row["members"]),
            sides={side: -int(amount) for side, amount in zip(row["sides"], row["amounts"], strict=True)},
            liabilities=int(row["liabilities"]),
            lots=int(row["lots"]),
        )
        for row in await driver.fetch(_BALANCES)
    ]


_BALANCES = """
    with side as (
        select currency_id, contra, sum(amount) as amount from ledger_entry group by currency_id, contra
    ), entries as (
        select currency_id, sum(amount) as members, array_agg(contra order by contra) as sides,
            array_agg(amount order by contra) as amounts
        from side group by currency_id
    ), account as (
        select currency_id, sum(available::numeric + pending + held - debt) as liabilities, sum(debt) as debt
        from ledger_account group by currency_id
    ), lot as (
        select currency_id, sum(remaining) as remaining from ledger_lot group by currency_id
    )
    select currency.code, coalesce(members, 0) as members, coalesce(sides, '{}') as sides,
        coalesce(amounts, '{}') as amounts, coalesce(liabilities, 0) as liabilities,
        coalesce(remaining, 0) - coalesce(debt, 0) as lots
    from ledger_currency currency
    left join entries using (currency_id) left join account using (currency_id) left join lot using (currency_id)
    order by currency.code
"""

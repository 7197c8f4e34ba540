"""The ledger as it stands when everything is quiet: what a history is held against."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import asyncpg

AccountKey = tuple[int, str]
BUCKETS = ("available", "pending", "held", "debt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of an account, with the balances after it."""

    member_id: int
    currency: str
    version: int
    operation_key: str
    kind: str
    amount: int
    moved: int
    available: int
    pending: int
    held: int
    debt: int
    hold_no: int | None = None

    @property
    def account(self) -> AccountKey:
        """Whose account, and of which currency."""
        return self.member_id, self.currency

    @property
    def buckets(self) -> tuple[int, int, int, int]:
        """Available, pending, held and debt after the entry."""
        return self.available, self.pending, self.held, self.debt

    @property
    def balance(self) -> int:
        """What the member owns after the entry, less what the member owes."""
        return self.available + self.pending + self.held - self.debt

    @classmethod
    def from_answer(cls, shown: Mapping[str, Any], operation_key: str) -> "Entry":
        """An entry as an answer of the API shows it."""
        return cls(
            member_id=shown["member_id"],
            currency=shown["currency"],
            version=shown["version"],
            operation_key=operation_key,
            kind=shown["kind"],
            amount=shown["amount"],
            moved=shown["moved"],
            available=shown["available_after"],
            pending=shown["pending_after"],
            held=shown["held_after"],
            debt=shown["debt_after"],
            hold_no=shown["hold_no"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One row of balances."""

    member_id: int
    currency: str
    version: int
    available: int
    pending: int
    held: int
    debt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerState:
    """Everything read at the end. Keys of the clients' operations begin with `actor` and a colon."""

    actor: str
    accounts: list[Account] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    operations: list[tuple[int, str]] = field(default_factory=list)

    def by_operation(self) -> dict[str, list[Entry]]:
        """The entries of each operation. Clients' keys are one operation for all members; the house's, one for each."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            key = entry.operation_key
            found[key if self.is_of_client(key) else f"{key} of member {entry.member_id}"].append(entry)
        return found

    def is_of_client(self, key: str) -> bool:
        """Whether an operation was asked for by the clients' user."""
        return key.startswith(f"{self.actor}:")


async def read_state(connection: asyncpg.Connection, actor: str) -> LedgerState:
    """Read everything in one snapshot."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        accounts = await connection.fetch(
            """
            select member_id, code as currency, a.version, a.available, a.pending, a.held, a.debt
            from ledger_account a join ledger_currency using (currency_id) order by member_id, currency_id
            """
        )
        entries = await connection.fetch(
            """
            select member_id, code as currency, e.version, operation_key, e.kind, amount, moved,
                available_after as available, pending_after as pending, held_after as held, debt_after as debt, hold_no
            from ledger_entry e join ledger_currency using (currency_id)
            order by member_id, currency_id, e.version
            """
        )
        operations = await connection.fetch("select member_id, key from ledger_operation order by member_id, key")
    return LedgerState(
        actor=actor,
        accounts=[Account(**row) for row in accounts],
        entries=[Entry(**row) for row in entries],
        operations=[(row["member_id"], row["key"]) for row in operations],
    )

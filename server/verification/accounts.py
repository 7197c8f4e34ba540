"""Rules about accounts by themselves: versions, the chain of balances, the floor, holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from verification.ledger_state import BUCKETS, Account, AccountKey, Entry
from verification.verdict import Verdict

Buckets = tuple[int, int, int, int]
NOTHING: Buckets = (0, 0, 0, 0)


class Accounts:
    """The entries of every account, by version."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[AccountKey, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._entries[entry.account].append(entry)
        for of_account in self._entries.values():
            of_account.sort(key=lambda entry: entry.version)

    def names(self) -> list[AccountKey]:
        """Every account that has entries."""
        return list(self._entries)

    def of(self, account: AccountKey) -> list[Entry]:
        """The entries of an account, ascending by version."""
        return self._entries.get(account, [])

    def buckets_at(self, account: AccountKey, version: int) -> Buckets | None:
        """The balances at a version; nothing before the first, None where there is no such version."""
        if version == 0:
            return NOTHING
        entries = self.of(account)
        is_there = 0 < version <= len(entries) and entries[version - 1].version == version
        return entries[version - 1].buckets if is_there else None


def check_accounts(verdict: Verdict, accounts: Accounts, rows: Sequence[Account]) -> None:
    """Hold every account against the rules about versions, chain, floor and holds."""
    for name in accounts.names():
        _check_chain(verdict, accounts.of(name))
        _check_holds(verdict, accounts.of(name))
    _check_rows(verdict, accounts, rows)


def name_of(account: AccountKey) -> str:
    """An account as findings name it."""
    return f"{account[1]} of member {account[0]}"


def _check_chain(verdict: Verdict, entries: Sequence[Entry]) -> None:
    balance = 0
    for number, entry in enumerate(entries, 1):
        if entry.version != number:
            verdict.find("versions", f"{name_of(entry.account)}: version {entry.version} stands where {number} is due")
        if entry.balance != balance + entry.amount:
            verdict.find(
                "chain",
                f"{name_of(entry.account)} version {entry.version}: {balance} and {entry.amount} make {entry.balance}",
            )
        if min(entry.buckets) < 0:
            below = [f"{bucket} {value}" for bucket, value in zip(BUCKETS, entry.buckets, strict=True) if value < 0]
            verdict.find("floor", f"{name_of(entry.account)} version {entry.version}: {', '.join(below)}")
        balance = entry.balance
    for rule in ("versions", "chain", "floor"):
        verdict.look(rule, len(entries))


def _check_holds(verdict: Verdict, entries: Sequence[Entry]) -> None:
    """What is held changes by holds alone, each between nothing and what it took."""
    held: dict[int | None, int] = defaultdict(int)
    before = 0
    for entry in entries:
        change = entry.held - before
        before = entry.held
        if change == 0:
            continue
        held[entry.hold_no] += change
        verdict.require(
            "holds",
            held[entry.hold_no] >= 0 and entry.hold_no is not None and (change > 0) == (entry.kind == "hold"),
            f"{name_of(entry.account)} version {entry.version}: {entry.kind} changes what is held by {change}, "
            f"hold {entry.hold_no} is left with {held[entry.hold_no]}",
        )


def _check_rows(verdict: Verdict, accounts: Accounts, rows: Sequence[Account]) -> None:
    shown = {(row.member_id, row.currency): row for row in rows}
    for name in accounts.names():
        verdict.require("versions", name in shown, f"{name_of(name)} has entries and no balance")
    for name, row in shown.items():
        last = len(accounts.of(name))
        verdict.require(
            "versions",
            row.version == last,
            f"{name_of(name)} stands at version {row.version}, and has {last} entries",
        )
        verdict.require(
            "chain",
            (row.available, row.pending, row.held, row.debt) == accounts.buckets_at(name, last),
            f"{name_of(name)}: the balance differs from the last entry's",
        )

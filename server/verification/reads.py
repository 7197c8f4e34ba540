"""Rules about reads: each shows the balances of the version it names, and at the end all accounts were read."""

from collections.abc import Iterable

from verification.accounts import Accounts, name_of
from verification.history import Call
from verification.ledger_state import BUCKETS, Account
from verification.order import At
from verification.requests import READ
from verification.verdict import Verdict


def seen_by(call: Call) -> list[At]:
    """The account and version that an answered read saw."""
    if call.kind != READ or call.outcome != "ok":
        return []
    return [((call.answer["member_id"], call.answer["currency"]), call.answer["version"])]


def check_reads(verdict: Verdict, calls: Iterable[Call], accounts: Accounts, rows: Iterable[Account]) -> None:
    """Hold every read against the entry of its version, and demand a last read of every account."""
    read_at_the_end: dict[tuple[int, str], int] = {}
    for call in calls:
        for account, version in seen_by(call):
            shown = tuple(call.answer[bucket] for bucket in BUCKETS)
            verdict.require(
                "reads",
                shown == accounts.buckets_at(account, version),
                f"client {call.client} read {shown} at version {version} of {name_of(account)}; "
                f"the ledger has {accounts.buckets_at(account, version)}",
            )
            if call.is_final:
                read_at_the_end[account] = version
    for row in rows:
        account = (row.member_id, row.currency)
        verdict.require(
            "final",
            read_at_the_end.get(account) == row.version,
            f"{name_of(account)} stands at version {row.version}, and was read at the end at version "
            f"{read_at_the_end.get(account)}",
        )
    verdict.require("final", bool(read_at_the_end), "no account was read at the end")

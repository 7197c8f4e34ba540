"""Holds a history against the ledger that it left behind. Pure: calls and rows in, a verdict out.

Each entry carries a gapless version of its account, and each answer names versions. So the order in which operations
took effect need not be searched for; it can be read, and then be held against what the clients saw and when.
"""

from collections.abc import Iterable, Mapping, Sequence

from verification.accounts import Accounts, check_accounts
from verification.answers import check_answers
from verification.grounds import check_grounds
from verification.history import Call
from verification.ledger_state import Entry, LedgerState
from verification.order import Node, find_cycle
from verification.reads import check_reads, seen_by
from verification.requests import Request, by_key
from verification.search import check_by_search
from verification.verdict import Verdict


def check(calls: Iterable[Call], state: LedgerState) -> Verdict:
    """Hold a history against every rule of `verdict.RULES`."""
    asked = list(calls)
    requests = by_key(asked, state.actor)
    accounts = Accounts(state.entries)
    by_operation = state.by_operation()
    verdict = Verdict()
    check_accounts(verdict, accounts, state.accounts)
    check_answers(verdict, requests, by_operation, state)
    check_reads(verdict, asked, accounts, state.accounts)
    check_grounds(verdict, asked, requests, by_operation, accounts)
    check_by_search(verdict, asked, requests, accounts)
    nodes = _nodes(asked, requests, by_operation)
    verdict.look("order", len(nodes))
    cycle = find_cycle(nodes)
    if cycle:
        verdict.find("order", " ".join(cycle) + " the first again.")
    return verdict


def _nodes(
    asked: Sequence[Call], requests: Mapping[str, Request], by_operation: Mapping[str, Sequence[Entry]]
) -> list[Node]:
    """Reads that were answered, and every operation of the ledger, whether clients asked for it or not."""
    nodes = [
        Node(f"read by client {call.client}", call.invoked, call.completed, saw=seen)
        for call in asked
        if (seen := seen_by(call))
    ]
    for key, entries in by_operation.items():
        request = requests.get(key)
        nodes.append(
            Node(
                f"{entries[0].kind} {key}",
                None if request is None else request.invoked,
                None if request is None else request.completed,
                wrote=[(entry.account, entry.version) for entry in entries],
            )
        )
    return nodes

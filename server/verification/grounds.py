"""The rule about refusals: who was told that the balance does not suffice met a version at which it did not.

Which versions a call can have met follows from the others: it met none older than what was known before it began, and
none whose write began after it had ended.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from verification.accounts import Accounts, name_of
from verification.history import Call
from verification.ledger_state import AccountKey, Entry
from verification.reads import seen_by
from verification.requests import Request
from verification.verdict import Verdict

NOT_ENOUGH = "ledger.not_enough"
_DRAWN_FROM = {"debit": "member", "hold": "member", "transfer": "from_member"}


class _Times:
    """When versions were known: the newest known at an instant, and the newest begun by one."""

    def __init__(self, known: Iterable[tuple[int, int]], begun: Sequence[int]) -> None:
        self._ends: list[int] = []
        self._newest: list[int] = []
        newest = 0
        for end, version in sorted(known):
            newest = max(newest, version)
            self._ends.append(end)
            self._newest.append(newest)
        self._begun: list[int] = []
        for at in begun:
            self._begun.append(max(at, self._begun[-1] if self._begun else at))

    def possible(self, invoked: int, completed: int) -> range:
        """The versions that a call can have met."""
        place = bisect_left(self._ends, invoked)
        oldest = self._newest[place - 1] if place else 0
        return range(oldest, max(oldest, bisect_right(self._begun, completed)) + 1)


def check_grounds(
    verdict: Verdict,
    calls: Sequence[Call],
    requests: Mapping[str, Request],
    by_operation: Mapping[str, Sequence[Entry]],
    accounts: Accounts,
) -> None:
    """Hold every refusal for want of balance against the versions it can have met."""
    refused = [
        call for call in calls if call.outcome == "fail" and call.code == NOT_ENOUGH and call.kind in _DRAWN_FROM
    ]
    if not refused:
        return
    times = _times(calls, requests, by_operation, accounts)
    for call in refused:
        account = (int(call.request[_DRAWN_FROM[call.kind]]), call.request["currency"])
        wanted = call.request["amount"] + call.request.get("keep_at_least", 0)
        possible = times[account].possible(call.invoked, call.completed) if account in times else range(1)
        met = [buckets[0] for version in possible if (buckets := accounts.buckets_at(account, version))]
        verdict.require(
            "grounds",
            any(available < wanted for available in met),
            f"{call.key} was refused {wanted} of {name_of(account)}, which had at least {min(met, default=0)} "
            f"at versions {possible.start} to {possible.stop - 1}",
        )


def _times(
    calls: Sequence[Call],
    requests: Mapping[str, Request],
    by_operation: Mapping[str, Sequence[Entry]],
    accounts: Accounts,
) -> dict[AccountKey, _Times]:
    known: dict[AccountKey, list[tuple[int, int]]] = defaultdict(list)
    for call in calls:
        for account, version in seen_by(call):
            known[account].append((call.completed, version))
    for key, entries in by_operation.items():
        request = requests.get(key)
        if request is not None and request.completed is not None:
            for entry in entries:
                known[entry.account].append((request.completed, entry.version))
    return {
        account: _Times(known[account], [_begun(requests.get(entry.operation_key)) for entry in accounts.of(account)])
        for account in accounts.names()
    }


def _begun(request: Request | None) -> int:
    """What the house does by itself may have begun at any time."""
    return 0 if request is None else request.invoked

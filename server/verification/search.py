"""A second opinion that knows nothing of versions: searches for an order in which a few calls make sense.

After Wing and Gong, with Lowe's memory of what was tried. It takes the calls of one account between two moments at
which nobody was asking, and a small model of an account, and tries orders that agree with real time until one explains
every answer: balances, refusals, and what is left of holds. Such a search is slow where many calls overlap, so it looks
at short stretches only; the check by versions looks at everything.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from verification.accounts import Accounts, name_of
from verification.grounds import NOT_ENOUGH
from verification.history import Call
from verification.ledger_state import AccountKey, Entry
from verification.requests import READ, Request
from verification.verdict import Verdict

LONGEST = 200
HOLD_CLOSED = "ledger.hold_closed"
_MODELLED = frozenset({"credit", "debit", "hold", "capture", "release", "transfer", READ})
_REFUSALS = frozenset({NOT_ENOUGH, HOLD_CLOSED})
_Holds = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class State:
    """What the model knows of an account: what is available, and what is left of each open hold."""

    available: int
    holds: _Holds = frozenset()

    @property
    def held(self) -> int:
        """What all holds have set aside."""
        return sum(left for _, left in self.holds)

    def moved(self, available: int, hold_no: int = 0, left: int = 0) -> "State":
        """After a change of what is available, and of one hold."""
        others = {(number, rest) for number, rest in self.holds if number != hold_no}
        return State(self.available + available, frozenset(others | ({(hold_no, left)} if left else set())))


def check_by_search(
    verdict: Verdict, calls: Iterable[Call], requests: Mapping[str, Request], accounts: Accounts
) -> None:
    """Search an order for every stretch of overlapping calls that the model can explain."""
    for account, of_account in _by_account(calls).items():
        replay = _Replay(accounts.of(account))
        for stretch in _stretches(of_account):
            wrote = sorted(shown["version"] for call in stretch for shown in _shown(account, call))
            is_modelled = all(call.kind in _MODELLED for call in stretch)
            if is_modelled and replay.is_explained(wrote, requests):
                verdict.require(
                    "search",
                    has_order(account, stretch, replay.state_before(wrote[0])),
                    f"no order explains what {len(stretch)} calls were told about {name_of(account)} from "
                    f"{stretch[0].key or 'a read'} on",
                )


def has_order(account: AccountKey, calls: Sequence[Call], start: State) -> bool:
    """Whether some order of the calls, in agreement with real time, explains every answer."""
    everything = (1 << len(calls)) - 1
    tried: set[tuple[int, State]] = set()
    waiting = [(0, start)]
    while waiting:
        done, state = waiting.pop()
        if done == everything:
            return True
        if (done, state) in tried:
            continue
        tried.add((done, state))
        left = [place for place in range(len(calls)) if not done >> place & 1]
        first_end = min(calls[place].completed for place in left)
        for place in left:
            if calls[place].invoked <= first_end:
                following = explain(account, calls[place], state)
                if following is not None:
                    waiting.append((done | 1 << place, following))
    return False


def explain(account: AccountKey, call: Call, state: State) -> State | None:
    """The state after a call, if its answer can be given in this state."""
    if call.kind == READ:
        return state if (call.answer["available"], call.answer["held"]) == (state.available, state.held) else None
    if call.outcome == "fail":
        return state if _may_refuse(call, state) else None
    following = _apply(account, call, state)
    if following is None:
        return None
    # A capture that released its rest has two entries: the last one tells the state after the call.
    shown = _shown(account, call)[-1]
    told = (shown["available_after"], shown["held_after"])
    return following if told == (following.available, following.held) else None


def _may_refuse(call: Call, state: State) -> bool:
    if call.code == NOT_ENOUGH:
        wanted: int = call.request["amount"] + call.request.get("keep_at_least", 0)
        return state.available < wanted
    return call.request["hold_no"] not in dict(state.holds)


def _apply(account: AccountKey, call: Call, state: State) -> State | None:
    request = call.request
    if call.kind == "credit":
        return state.moved(request["amount"])
    if call.kind == "transfer" and request["to_member"] == str(account[0]):
        return state.moved(request["amount"])
    if call.kind in {"debit", "transfer", "hold"}:
        if state.available < request["amount"] + request.get("keep_at_least", 0):
            return None
        if call.kind == "hold":
            (shown,) = _shown(account, call)
            return state.moved(-request["amount"], shown["hold_no"], request["amount"])
        return state.moved(-request["amount"])
    hold_no = request["hold_no"]
    held = dict(state.holds).get(hold_no, 0)
    amount = request.get("amount", held)
    if not 0 < amount <= held:
        return None
    if call.kind == "release":
        return state.moved(amount, hold_no, held - amount)
    freed = held - amount if request.get("release_rest") else 0
    return state.moved(freed, hold_no, held - amount - freed)


def _shown(account: AccountKey, call: Call) -> list[Mapping[str, int]]:
    entries = call.answer.get("entries", ())
    return [shown for shown in entries if (shown["member_id"], shown["currency"]) == account]


def _by_account(calls: Iterable[Call]) -> dict[AccountKey, list[Call]]:
    found: dict[AccountKey, list[Call]] = defaultdict(list)
    for call in calls:
        is_refused = call.outcome == "fail" and call.code in _REFUSALS
        if call.repeats == "" and (call.outcome == "ok" or is_refused):
            for name in ("member", "from_member", "to_member"):
                if name in call.request and not (name == "to_member" and call.outcome == "fail"):
                    found[int(call.request[name]), call.request["currency"]].append(call)
    return found


def _stretches(calls: Sequence[Call]) -> Iterator[list[Call]]:
    """Calls of an account between moments at which none was under way; single ones need no order."""
    stretch: list[Call] = []
    end = 0
    for call in sorted(calls, key=lambda call: call.invoked):
        if stretch and call.invoked > end:
            if 1 < len(stretch) <= LONGEST:
                yield stretch
            stretch = []
        stretch.append(call)
        end = max(end, call.completed)
    if 1 < len(stretch) <= LONGEST:
        yield stretch


class _Replay:
    """Goes along the entries of an account, and knows the state before a stretch."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._held: dict[int, int] = defaultdict(int)
        self._version = 0

    def state_before(self, version: int) -> State:
        """The state in which an entry found the account. Versions are asked for ascending."""
        while self._version < version - 1:
            entry = self._entries[self._version]
            if entry.hold_no is not None:
                before = self._entries[self._version - 1].held if self._version else 0
                self._held[entry.hold_no] += entry.held - before
            self._version += 1
        available = self._entries[version - 2].available if version > 1 else 0
        return State(available, frozenset((number, left) for number, left in self._held.items() if left > 0))

    def is_explained(self, wrote: Sequence[int], requests: Mapping[str, Request]) -> bool:
        """Whether nothing else wrote meanwhile, and nothing was pending or owed, of which the model knows nothing.

        Whoever wrote just before and just after was answered, and so stands outside; hence all others do.
        """
        if not wrote or wrote[-1] > len(self._entries) or list(wrote) != list(range(wrote[0], wrote[-1] + 1)):
            return False
        first = max(0, wrote[0] - 2)
        around = self._entries[first : wrote[0] - 1] + self._entries[wrote[-1] : wrote[-1] + 1]
        within = self._entries[first : wrote[-1]]
        return all(_was_answered(requests.get(entry.operation_key)) for entry in around) and not any(
            entry.pending or entry.debt for entry in within
        )


def _was_answered(request: Request | None) -> bool:
    return request is not None and request.first.outcome == "ok"

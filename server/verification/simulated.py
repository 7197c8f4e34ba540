"""Histories without a program: a small ledger in memory that is right, and clients whose calls overlap.

The checker is tried on these: it must find nothing in them, and everything in corrupted ones.
"""

import heapq
import random
from collections import defaultdict
from dataclasses import replace
from itertools import count
from typing import Any

from verification.accounts import NOTHING, Buckets
from verification.answers import KEY_REUSED
from verification.grounds import NOT_ENOUGH
from verification.history import Call, Repeat
from verification.ledger_state import BUCKETS, Account, AccountKey, Entry, LedgerState
from verification.requests import READ

ACTOR = "user:1"
CURRENCY = "points"
_KINDS = ("credit", "debit", "hold", "capture", "release", "transfer", "reversal", READ)
_WEIGHTS = (22, 18, 9, 5, 3, 10, 3, 30)
_SLOWEST = 1_000_000


class SimulatedShop:
    """A ledger and its history. `run` lets clients overlap; `call` does one thing by itself, after all others."""

    def __init__(self, seed: int, *, members: int = 20, clients: int = 16) -> None:
        self.chance = random.Random(seed)
        self.members = range(1, members + 1)
        self.clients = clients
        self.calls: list[Call] = []
        self.entries: dict[AccountKey, list[Entry]] = defaultdict(list)
        self.now = 0
        self._open_holds: list[tuple[int, int, int]] = []
        self._numbers = count(1)
        self._answered: list[Call] = []
        self._credits: list[Call] = []

    def run(self, calls: int) -> None:
        """So many calls of overlapping clients; a few are never answered."""
        waiting = [(self.chance.randrange(_SLOWEST), client, "begin") for client in range(self.clients)]
        heapq.heapify(waiting)
        under_way: dict[int, Call] = {}
        begun = 0
        while waiting:
            self.now, client, step = heapq.heappop(waiting)
            if step == "begin":
                under_way[client] = self._ask(client)
                begun += 1
            elif step == "apply":
                under_way[client] = self._answer(under_way[client])
            else:
                self._end(under_way.pop(client))
            if step != "end" or begun + len(under_way) < calls:
                following = {"begin": "apply", "apply": "end", "end": "begin"}[step]
                heapq.heappush(waiting, (self.now + 1 + self.chance.randrange(_SLOWEST), client, following))

    def call(self, kind: str, request: dict[str, Any], **changes: Any) -> Call:
        """One call that overlaps with no other."""
        self.now += _SLOWEST
        asked = self._new(0, kind, request)
        self.now += 1
        done = self._answer(asked)
        self.now += 1
        self.calls.append(replace(done, completed=self.now, **changes))
        return self.calls[-1]

    def finish(self) -> tuple[list[Call], LedgerState]:
        """Read every account once more; the history, and the ledger that it left."""
        for member in self.members:
            self.call(READ, {"member": str(member), "currency": CURRENCY}, is_final=True)
        return self.calls, self.state()

    def state(self) -> LedgerState:
        """The ledger as it stands."""
        entries = [entry for member in self.members for entry in self.entries[member, CURRENCY]]
        accounts = [
            Account(
                member_id=member,
                currency=CURRENCY,
                version=len(self.entries[member, CURRENCY]),
                **dict(zip(BUCKETS, self.buckets(member), strict=True)),
            )
            for member in self.members
        ]
        operations = sorted({(entry.member_id, entry.operation_key) for entry in entries})
        return LedgerState(actor=ACTOR, accounts=accounts, entries=entries, operations=operations)

    def buckets(self, member: int) -> Buckets:
        """What a member has now."""
        entries = self.entries[member, CURRENCY]
        return entries[-1].buckets if entries else NOTHING

    def post(
        self,
        member: int,
        key: str,
        kind: str,
        available: int,
        held: int = 0,
        hold_no: int | None = None,
        by: str = f"{ACTOR}:",
    ) -> Entry:
        """Write one entry that changes what is available and held, whatever comes of it."""
        before = self.buckets(member)
        entries = self.entries[member, CURRENCY]
        entry = Entry(
            member_id=member, currency=CURRENCY, version=len(entries) + 1, operation_key=f"{by}{key}", kind=kind,
            amount=available + held, moved=abs(available), available=before[0] + available, pending=before[1],
            held=before[2] + held, debt=before[3], hold_no=hold_no,
        )  # fmt: skip
        entries.append(entry)
        return entry

    def _ask(self, client: int) -> Call:
        if self._answered and self.chance.random() < 0.04:
            return self._repeat(client)
        if self.chance.random() < 0.01:
            self._end_a_lot(self._member())
        (kind,) = self.chance.choices(_KINDS, _WEIGHTS)
        one, other = self._member(), self._member()
        here: dict[str, Any] = {"member": str(one), "currency": CURRENCY}
        amount = self.chance.randint(1, 100)
        if kind in {"capture", "release"} and self._open_holds:
            member, hold_no, held = self._open_holds.pop(self.chance.randrange(len(self._open_holds)))
            return self._new(client, kind, here | {"member": str(member), "hold_no": hold_no, "amount": held})
        if kind == "reversal" and self._credits:
            first = self._credits.pop()
            half = {"operation": f"{ACTOR}:{first.key}", "amount": (first.request["amount"] + 1) // 2}
            return self._new(client, kind, first.request | half)
        if kind == "transfer" and one != other:
            request = {"from_member": str(one), "to_member": str(other), "currency": CURRENCY, "amount": amount}
            return self._new(client, kind, request)
        if kind in {"credit", "debit", "hold"}:
            return self._new(client, kind, here | {"amount": amount})
        return self._new(client, READ, here)

    def _member(self) -> int:
        # Few members are asked for often, as in a shop.
        return self.members[int(len(self.members) * self.chance.random() ** 2)]

    def _end_a_lot(self, member: int) -> None:
        """The house does something by itself; its keys are the same for all members."""
        if self.buckets(member)[0] > 0:
            self.post(member, f"expire:{len(self.entries[member, CURRENCY]) + 1}", "expire", -1, by="")

    def _repeat(self, client: int) -> Call:
        first = self.chance.choice(self._answered)
        repeats: Repeat = "same" if self.chance.random() < 0.5 else "other"
        request = dict(first.request)
        if repeats == "other":
            request["amount"] += 1
        return replace(first, client=client, request=request, repeats=repeats, invoked=self.now, answer={}, code="")

    def _new(self, client: int, kind: str, request: dict[str, Any]) -> Call:
        key = "" if kind == READ else f"c{client}-{next(self._numbers)}"
        return Call(
            client=client, kind=kind, request=request, invoked=self.now, completed=0, outcome="unknown", key=key
        )

    def _answer(self, call: Call) -> Call:
        """Take effect, all at once."""
        if call.kind == READ:
            return replace(call, outcome="ok", status=200, answer=self._show(int(call.request["member"])))
        if call.repeats == "same":
            (first,) = [other for other in self._answered if other.key == call.key]
            return replace(call, answer=first.answer)
        if call.repeats == "other":
            return replace(call, outcome="fail", status=422, code=KEY_REUSED)
        entries = self._apply(call)
        if entries is None:
            return replace(call, outcome="fail", status=422, code=NOT_ENOUGH)
        return replace(call, outcome="ok", status=201, answer={"entries": [show(entry) for entry in entries]})

    def _show(self, member: int) -> dict[str, Any]:
        balances = dict(zip(BUCKETS, self.buckets(member), strict=True))
        return {"member_id": member, "currency": CURRENCY, "version": len(self.entries[member, CURRENCY]), **balances}

    def _apply(self, call: Call) -> list[Entry] | None:
        request, key = call.request, call.key
        amount = request["amount"]
        member = int(request.get("member") or request["from_member"])
        if call.kind == "credit":
            return [self.post(member, key, "earn", amount)]
        if call.kind == "capture":
            return [self.post(member, key, "capture", 0, -amount, request["hold_no"])]
        if call.kind == "release":
            return [self.post(member, key, "release", amount, -amount, request["hold_no"])]
        if self.buckets(member)[0] < amount:
            return None
        if call.kind in {"debit", "reversal"}:
            return [self.post(member, key, "spend" if call.kind == "debit" else "take_back", -amount)]
        if call.kind == "hold":
            hold_no = next(self._numbers)
            self._open_holds.append((member, hold_no, amount))
            return [self.post(member, key, "hold", -amount, amount, hold_no)]
        taken = self.post(member, key, "transfer", -amount)
        return [taken, self.post(int(request["to_member"]), key, "transfer", amount)]

    def _end(self, call: Call) -> None:
        if self.chance.random() < 0.02:
            self.calls.append(replace(call, completed=self.now, outcome="unknown", status=0, code="", answer={}))
            return
        done = replace(call, completed=self.now)
        self.calls.append(done)
        if done.outcome == "ok" and done.kind != READ and not done.repeats:
            self._answered.append(done)
            if done.kind == "credit":
                self._credits.append(done)


def show(entry: Entry) -> dict[str, Any]:
    """An entry as an answer of the API has it."""
    return {
        "member_id": entry.member_id, "currency": entry.currency, "version": entry.version, "kind": entry.kind,
        "amount": entry.amount, "moved": entry.moved, "available_after": entry.available,
        "pending_after": entry.pending, "held_after": entry.held, "debt_after": entry.debt, "lot_no": None,
        "hold_no": entry.hold_no,
    }  # fmt: skip

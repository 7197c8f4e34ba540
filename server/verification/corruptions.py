"""Known-bad histories: each does one thing to a right one, and names the rule that must find it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from verification.answers import KEY_REUSED
from verification.checker import check
from verification.grounds import NOT_ENOUGH
from verification.history import Call
from verification.ledger_state import LedgerState
from verification.requests import READ
from verification.search import HOLD_CLOSED
from verification.simulated import ACTOR, CURRENCY, SimulatedShop, show
from verification.verdict import Verdict

History = tuple[list[Call], LedgerState]
_CALLS = 400
ONE, OTHER = 1, 2


@dataclass(frozen=True)
class Corruption:
    """What goes wrong, which rule must find it, and the history in which it did."""

    name: str
    rule: str
    make: Callable[[SimulatedShop], History]


@dataclass(frozen=True)
class Tried:
    """How often the checker found a corruption; for clean histories, how often it found anything at all."""

    name: str
    rule: str
    histories: int
    found: int


def try_checker(histories: int) -> list[Tried]:
    """Clean histories, and every corruption, each with so many seeds."""
    flagged = sum(not judge(seed).holds for seed in range(histories))
    tried = [Tried("clean", "", histories, flagged)]
    for corruption in CORRUPTIONS:
        found = sum(corruption.rule in judge(seed, corruption).broken for seed in range(histories))
        tried.append(Tried(corruption.name, corruption.rule, histories, found))
    return tried


def judge(seed: int, corruption: Corruption | None = None) -> Verdict:
    """The verdict on a history of a seed, right or corrupted."""
    shop = SimulatedShop(seed)
    shop.run(_CALLS)
    return check(*(shop.finish() if corruption is None else corruption.make(shop)))


def _credit(shop: SimulatedShop, member: int = ONE, amount: int = 50, **changes: Any) -> Call:
    return shop.call("credit", {"member": str(member), "currency": CURRENCY, "amount": amount}, **changes)


def _lost(shop: SimulatedShop) -> History:
    _credit(shop)
    shop.entries[ONE, CURRENCY].pop()
    return shop.finish()


def _twice(shop: SimulatedShop) -> History:
    call = _credit(shop)
    shop.post(ONE, call.key, "earn", 50)
    return shop.finish()


def _twice_after_silence(shop: SimulatedShop) -> History:
    call = _credit(shop, outcome="unknown", answer={})
    shop.post(ONE, call.key, "earn", 50)
    return shop.finish()


def _half_a_transfer(shop: SimulatedShop) -> History:
    _credit(shop)
    request = {"from_member": str(ONE), "to_member": str(OTHER), "currency": CURRENCY, "amount": 10}
    shop.call("transfer", request, outcome="unknown", answer={})
    shop.entries[OTHER, CURRENCY].pop()
    return shop.finish()


def _refused_and_applied(shop: SimulatedShop) -> History:
    _credit(shop, outcome="fail", status=409, code="ledger.account_moved", answer={})
    return shop.finish()


def _nobody_asked(shop: SimulatedShop) -> History:
    shop.post(ONE, "no-client-has-this-key", "earn", 50, by=shop.chance.choice((f"{ACTOR}:", "")))
    return shop.finish()


def _stale_read(shop: SimulatedShop) -> History:
    _credit(shop)
    before = shop.call(READ, {"member": str(ONE), "currency": CURRENCY})
    _credit(shop)
    shop.call(READ, before.request, answer=before.answer)
    return shop.finish()


def _dirty_read(shop: SimulatedShop) -> History:
    read = shop.call(READ, {"member": str(ONE), "currency": CURRENCY})
    shop.calls[-1] = replace(read, answer={**read.answer, "available": read.answer["available"] + 1})
    return shop.finish()


def _broken_chain(shop: SimulatedShop) -> History:
    _credit(shop)
    entries = shop.entries[ONE, CURRENCY]
    place = shop.chance.randrange(len(entries))
    entries[place] = replace(entries[place], amount=entries[place].amount + 1)
    return shop.finish()


def _gap(shop: SimulatedShop) -> History:
    for _ in range(3):
        _credit(shop)
    entries = shop.entries[ONE, CURRENCY]
    del entries[shop.chance.randrange(len(entries) - 1)]
    return shop.finish()


def _overdraft(shop: SimulatedShop) -> History:
    _draw_without_asking(shop, shop.buckets(ONE)[0] + 1)
    return shop.finish()


def _held_twice(shop: SimulatedShop) -> History:
    _credit(shop)
    held, _ = (shop.call("hold", {"member": str(ONE), "currency": CURRENCY, "amount": 10}) for _ in range(2))
    hold_no = held.answer["entries"][0]["hold_no"]
    for _ in range(2):
        request = {"member": str(ONE), "currency": CURRENCY, "hold_no": hold_no, "amount": 10}
        shop.call("capture", request)
    return shop.finish()


def _time_runs_backwards(shop: SimulatedShop) -> History:
    earlier, later = _credit(shop), _credit(shop)
    shop.calls[-2] = replace(earlier, invoked=later.completed + 1, completed=later.completed + 2)
    shop.now = later.completed + 3
    return shop.finish()


def _crossed_transfers(shop: SimulatedShop) -> History:
    """Two transfers that overlap: one account has the first before the second, the other account has them reversed."""
    for member in (ONE, OTHER):
        _credit(shop, member)
    begun = shop.now + 1
    keys = ("crossed-1", "crossed-2")
    taken = {key: shop.post(ONE, key, "transfer", -10) for key in keys}
    given = {key: shop.post(OTHER, key, "transfer", 10) for key in reversed(keys)}
    shop.now += 2
    request = {"from_member": str(ONE), "to_member": str(OTHER), "currency": CURRENCY, "amount": 10}
    for client, key in enumerate(keys):
        answer = {"entries": [show(taken[key]), show(given[key])]}
        shop.calls.append(
            Call(
                client=client, kind="transfer", request=request, invoked=begun, completed=shop.now, outcome="ok",
                key=key, status=201, answer=answer,
            )
        )  # fmt: skip
    return shop.finish()


def _half_seen_transfer(shop: SimulatedShop) -> History:
    """A reader finds a transfer taken from one member, and then not yet given to the other."""
    for member in (ONE, OTHER):
        _credit(shop, member)
    early = shop.call(READ, {"member": str(OTHER), "currency": CURRENCY})
    request = {"from_member": str(ONE), "to_member": str(OTHER), "currency": CURRENCY, "amount": 10}
    moved = shop.call("transfer", request)
    shop.call(READ, {"member": str(ONE), "currency": CURRENCY})
    shop.call(READ, early.request, answer=early.answer)
    # The transfer lasts until after both reads, so that neither is late by itself.
    shop.calls[shop.calls.index(moved)] = replace(moved, completed=shop.now + 1)
    shop.now += 2
    return shop.finish()


def _reversed_twice(shop: SimulatedShop) -> History:
    first = _credit(shop)
    for _ in range(2):
        request = {"member": str(ONE), "currency": CURRENCY, "operation": f"{ACTOR}:{first.key}", "amount": 26}
        shop.call("reversal", request)
    return shop.finish()


def _key_means_two_things(shop: SimulatedShop) -> History:
    call = _credit(shop)
    again = {**call.request, "amount": 51}
    shop.now += 2
    shop.calls.append(replace(call, request=again, repeats="other", invoked=shop.now - 1, completed=shop.now))
    return shop.finish()


def _repeat_answered_otherwise(shop: SimulatedShop) -> History:
    call = _credit(shop)
    shop.now += 2
    shop.calls.append(
        replace(call, repeats="same", invoked=shop.now - 1, completed=shop.now, answer={**call.answer, "at": "later"})
    )
    return shop.finish()


def _used_by_nobody(shop: SimulatedShop) -> History:
    _credit(shop, outcome="fail", status=422, code=KEY_REUSED, answer={})
    shop.entries[ONE, CURRENCY].pop()
    return shop.finish()


def _groundless_refusal(shop: SimulatedShop) -> History:
    _credit(shop)
    request = {"member": str(ONE), "currency": CURRENCY, "amount": 10}
    shop.now += 2
    shop.calls.append(
        Call(
            client=0, kind="debit", request=request, invoked=shop.now - 1, completed=shop.now, outcome="fail",
            key="groundless", status=422, code=NOT_ENOUGH,
        )
    )  # fmt: skip
    return shop.finish()


def _closed_though_open(shop: SimulatedShop) -> History:
    """While another client draws on the account, a capture is told that its hold is closed; it is not."""
    _credit(shop)
    here = {"member": str(ONE), "currency": CURRENCY}
    held = shop.call("hold", {**here, "amount": 10})
    drawn = shop.call("debit", {**here, "amount": 10})
    shop.calls.append(
        Call(
            client=1, kind="capture", request={**here, "hold_no": held.answer["entries"][0]["hold_no"]},
            invoked=drawn.invoked, completed=drawn.completed, outcome="fail", key="closed", status=409,
            code=HOLD_CLOSED,
        )
    )  # fmt: skip
    return shop.finish()


def _unfinished_end(shop: SimulatedShop) -> History:
    calls, state = shop.finish()
    missing = shop.chance.randrange(len(shop.members))
    calls[missing - len(shop.members)] = replace(calls[missing - len(shop.members)], outcome="unknown", answer={})
    return calls, state


def _balance_without_entry(shop: SimulatedShop) -> History:
    calls, state = shop.finish()
    state.accounts[0] = replace(state.accounts[0], available=state.accounts[0].available + 1)
    return calls, state


def _draw_without_asking(shop: SimulatedShop, amount: int) -> None:
    shop.now += 3
    answer = {"entries": [show(shop.post(ONE, "unasked", "spend", -amount))]}
    request = {"member": str(ONE), "currency": CURRENCY, "amount": amount}
    shop.calls.append(
        Call(
            client=0, kind="debit", request=request, invoked=shop.now - 2, completed=shop.now - 1, outcome="ok",
            key="unasked", status=201, answer=answer,
        )
    )  # fmt: skip


CORRUPTIONS = (
    Corruption("an acknowledged write is lost", "lost", _lost),
    Corruption("a write is applied twice", "once", _twice),
    Corruption("a write whose answer was lost is applied twice", "effect", _twice_after_silence),
    Corruption("half of a transfer is lost", "transfers", _half_a_transfer),
    Corruption("a refused write is applied", "refused", _refused_and_applied),
    Corruption("an entry that nobody asked for", "asked", _nobody_asked),
    Corruption("a read of an old balance", "order", _stale_read),
    Corruption("a read of a balance that never was", "reads", _dirty_read),
    Corruption("an amount that its balances contradict", "chain", _broken_chain),
    Corruption("a balance that its entries contradict", "chain", _balance_without_entry),
    Corruption("a version is missing", "versions", _gap),
    Corruption("more is spent than there is", "floor", _overdraft),
    Corruption("one hold is captured twice", "holds", _held_twice),
    Corruption("more is reversed than there was", "reversals", _reversed_twice),
    Corruption("a later write stands before an earlier one", "order", _time_runs_backwards),
    Corruption("two transfers in one order here and in the other there", "order", _crossed_transfers),
    Corruption("a transfer is seen by half", "order", _half_seen_transfer),
    Corruption("a key does two things", "repeats", _key_means_two_things),
    Corruption("a repeat is answered otherwise", "repeats", _repeat_answered_otherwise),
    Corruption("a new key is called used", "repeats", _used_by_nobody),
    Corruption("a refusal without grounds", "grounds", _groundless_refusal),
    Corruption("a hold is called closed while it is open", "search", _closed_though_open),
    Corruption("the last read of an account is missing", "final", _unfinished_end),
)

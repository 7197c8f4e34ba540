"""Rules about writes: acknowledged, refused, repeated, and how much they moved; and what nobody asked for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from verification.history import Call
from verification.ledger_state import Entry, LedgerState
from verification.requests import Request
from verification.verdict import Verdict

KEY_REUSED = "idempotency.key_reused"
# What the ledger does by itself when something comes due.
OF_THE_HOUSE = frozenset({"expire", "release", "mature", "refresh"})
# What the entries of an operation add up to, by what was asked for. The rules about accounts bound the other kinds.
_SUMS: dict[str, Callable[[int], int]] = {
    "credit": lambda amount: amount,
    "debit": lambda amount: -amount,
    "capture": lambda amount: -amount,
    "cancel": lambda amount: -amount,
    "adjust": lambda amount: amount,
    "hold": lambda _: 0,
    "release": lambda _: 0,
}


def check_answers(
    verdict: Verdict,
    requests: Mapping[str, Request],
    by_operation: Mapping[str, Sequence[Entry]],
    state: LedgerState,
) -> None:
    """Hold every write against the ledger, and every operation of the ledger against the writes."""
    for key, request in requests.items():
        entries = by_operation.get(key, ())
        if request.acknowledged:
            _check_acknowledged(verdict, key, request.acknowledged[0], entries)
        elif request.was_refused:
            verdict.require("refused", not entries, f"{key} was refused ({request.first.code}) and is there")
        elif entries:
            verdict.unknown_applied += 1
        else:
            verdict.unknown_absent += 1
        _check_repeats(verdict, key, request)
        if entries:
            _check_effect(verdict, key, request.first, entries)
    for (member_id, key), count in Counter(state.operations).items():
        verdict.require("once", count == 1, f"{key} of member {member_id} is there {count} times")
    for key, entries in by_operation.items():
        by_itself = not state.is_of_client(key) and all(entry.kind in OF_THE_HOUSE for entry in entries)
        verdict.require("asked", key in requests or by_itself, f"nobody asked for {key}: {_say(entries)}")
    _check_reversals(verdict, requests, by_operation)


def _check_acknowledged(verdict: Verdict, key: str, call: Call, entries: Sequence[Entry]) -> None:
    """What was acknowledged is there as it was told; a reversal that found nothing to take was told so."""
    answered = sorted((Entry.from_answer(shown, key) for shown in call.answer["entries"]), key=_place)
    found = sorted(entries, key=_place)
    verdict.require("lost", bool(found) or not answered, f"{key} was acknowledged and is not there")
    if found:
        verdict.require("once", answered == found, f"{key} was answered with {_say(answered)}; there is {_say(found)}")


def _check_repeats(verdict: Verdict, key: str, request: Request) -> None:
    """Whether a key means one thing. A refusal is not kept, so only what was acknowledged before can be repeated."""
    told = request.acknowledged
    for again in told[1:]:
        verdict.require("repeats", again.answer == told[0].answer, f"{key} was answered again, and otherwise")
    for call in (request.first, *request.same):
        if call.code == KEY_REUSED:
            verdict.find("repeats", f"{key} was told that its key had another body, and has one only")
    for call in (*request.same, *request.other):
        if request.completed is None or call.invoked <= request.completed or call.outcome == "unknown":
            continue
        expected = ("fail", KEY_REUSED) if call.repeats == "other" else ("ok", "")
        verdict.require(
            "repeats",
            (call.outcome, call.code) == expected,
            f"{key} was repeated with the {call.repeats} body and answered with {call.status} {call.code}",
        )


def _check_effect(verdict: Verdict, key: str, call: Call, entries: Sequence[Entry]) -> None:
    amount: int | None = call.request.get("amount")
    moved = _moved(entries)
    if amount is None:
        return
    if call.kind == "transfer":
        wanted = {int(call.request["from_member"]): -amount, int(call.request["to_member"]): amount}
        verdict.require("transfers", moved == wanted, f"{key} asked for {wanted} and moved {dict(moved)}")
    elif call.kind in _SUMS:
        wanted = {int(call.request["member"]): _SUMS[call.kind](amount)}
        verdict.require("effect", moved == wanted, f"{key} asked for {wanted} and moved {dict(moved)}")


def _check_reversals(
    verdict: Verdict, requests: Mapping[str, Request], by_operation: Mapping[str, Sequence[Entry]]
) -> None:
    """All reversals of one operation together turn back what it moved, and no more."""
    turned: dict[str, Counter[int]] = defaultdict(Counter)
    for key, request in requests.items():
        if request.first.kind == "reversal":
            turned[request.first.request["operation"]].update(_moved(by_operation.get(key, ())))
    for original, back in turned.items():
        moved = _moved(by_operation.get(original, ()))
        verdict.require(
            "reversals",
            all(0 <= -back[member] <= moved[member] or 0 <= back[member] <= -moved[member] for member in back),
            f"{original} moved {dict(moved)} by member, and its reversals {dict(back)}",
        )


def _moved(entries: Sequence[Entry]) -> Counter[int]:
    """What entries add up to for each member."""
    moved: Counter[int] = Counter()
    for entry in entries:
        moved[entry.member_id] += entry.amount
    return moved


def _place(entry: Entry) -> tuple[int, str, int]:
    return (*entry.account, entry.version)


def _say(entries: Sequence[Entry]) -> str:
    return ", ".join(
        f"{entry.kind} {entry.amount} at version {entry.version} of {entry.currency} of member {entry.member_id} "
        f"leaving {entry.buckets}"
        for entry in entries
    )

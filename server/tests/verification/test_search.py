"""The search for an order: it finds one where there is one, and none where there is none, without any versions."""

from dataclasses import replace
from typing import Any

from verification.checker import check
from verification.history import Call
from verification.requests import READ
from verification.search import HOLD_CLOSED, State, has_order
from verification.simulated import SimulatedShop

ACCOUNT = (1, "points")
HELD_TEN = State(5, frozenset({(1, 10)}))


def asked(kind: str, invoked: int, completed: int, *, after: tuple[int, int] | None = None, **request: Any) -> Call:
    entry = after and {
        "member_id": 1,
        "currency": "points",
        "available_after": after[0],
        "held_after": after[1],
        "hold_no": request.pop("made", None),
    }
    return Call(
        client=0,
        kind=kind,
        request={"member": "1", "currency": "points", **request},
        invoked=invoked,
        completed=completed,
        outcome="ok" if after else "fail",
        code="" if after else HOLD_CLOSED,
        answer={"entries": [entry]} if after else {},
    )


def read(invoked: int, completed: int, available: int, held: int) -> Call:
    answer = {"available": available, "held": held}
    return Call(
        client=0,
        kind=READ,
        request={"member": "1", "currency": "points"},
        invoked=invoked,
        completed=completed,
        outcome="ok",
        answer=answer,
    )


def test_parts_of_a_hold_may_be_captured_in_any_order_that_the_answers_allow():
    calls = [
        asked("capture", 1, 9, hold_no=1, amount=4, after=(5, 3)),
        asked("capture", 2, 8, hold_no=1, amount=3, after=(5, 7)),
        asked("release", 3, 12, hold_no=1, after=(8, 0)),
        read(10, 11, 5, 3),
    ]

    assert has_order(ACCOUNT, calls, HELD_TEN)


def test_a_hold_is_captured_whole_only_once():
    twice = [asked("capture", 1, 9, hold_no=1, after=(5, 0)), asked("capture", 2, 8, hold_no=1, after=(5, 0))]
    once = [twice[0], asked("capture", 2, 8, hold_no=1)]

    assert not has_order(ACCOUNT, twice, HELD_TEN)
    assert has_order(ACCOUNT, once, HELD_TEN)


def test_a_capture_that_releases_the_rest_leaves_nothing_held():
    capture = asked("capture", 1, 9, hold_no=1, amount=4, release_rest=True, after=(11, 0))

    assert has_order(ACCOUNT, [capture, asked("release", 2, 8, hold_no=1)], HELD_TEN)
    assert not has_order(ACCOUNT, [capture, asked("release", 2, 8, hold_no=1, after=(11, 0))], HELD_TEN)


def test_real_time_binds_the_order():
    credit, late = asked("credit", 1, 2, amount=3, after=(8, 10)), read(3, 4, 5, 10)

    assert has_order(ACCOUNT, [credit, read(2, 4, 5, 10)], HELD_TEN)
    assert not has_order(ACCOUNT, [credit, late], HELD_TEN)


def test_no_more_is_drawn_than_is_available():
    draws = [asked("debit", 1, 9, amount=3, after=(2, 10)), asked("debit", 2, 8, amount=3, after=(2, 10))]

    assert has_order(ACCOUNT, draws[:1], HELD_TEN)
    assert not has_order(ACCOUNT, draws, HELD_TEN)
    assert not has_order(ACCOUNT, [asked("hold", 1, 2, amount=6, made=2, after=(-1, 16))], HELD_TEN)


def test_what_was_refused_only_after_silence_is_left_out():
    shop = SimulatedShop(1)
    shop.call("credit", {"member": "1", "currency": "points", "amount": 50})
    drawn = shop.call("debit", {"member": "1", "currency": "points", "amount": 7})
    silent = replace(drawn, kind="capture", key="silent", request={**drawn.request, "hold_no": 3})
    shop.calls.append(replace(silent, outcome="unknown", code=HOLD_CLOSED, answer={}))
    shop.calls.append(replace(silent, outcome="fail", code=HOLD_CLOSED, answer={}, key="refused"))

    verdict = check(*shop.finish())

    assert (verdict.findings, verdict.looked_at["search"]) == ([], 1)

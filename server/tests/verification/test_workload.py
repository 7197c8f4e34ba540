"""What clients ask for follows from the seed, is skewed, and repeats keys as it says."""

from collections import Counter
from datetime import date

from verification.history import Call
from verification.requests import READ
from verification.workload import MIX, PATHS, Ask, Workload

DAY = date(2026, 11, 22)


def drawn(seed: int, count: int = 2_000) -> list[Ask]:
    """What is asked for when everything is answered."""
    workload = Workload(seed, range(1, 21))
    asks = []
    for number in range(count):
        ask = workload.next(number % 4, DAY)
        workload.learn(ask, answered(ask, number))
        asks.append(ask)
    return asks


def answered(ask: Ask, number: int) -> Call:
    entry = {"member_id": int(ask.request.get("member", 1)), "kind": "hold", "hold_no": number, "lot_no": number}
    return Call(
        client=0,
        kind=ask.kind,
        request=ask.request,
        invoked=0,
        completed=1,
        outcome="ok",
        key=ask.key,
        answer={"operation": f"user:1:{ask.key}", "entries": [entry]},
    )


def test_the_seed_decides_what_is_asked():
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_everything_is_asked_for_and_few_members_most():
    asks = drawn(1)

    assert {ask.kind for ask in asks} == {*PATHS, READ}
    assert {"", "same", "other"} == {ask.repeats for ask in asks}
    members = Counter(ask.request["member"] for ask in asks if ask.kind == READ)
    assert members.most_common()[0][1] > 4 * members.most_common()[-1][1]
    assert sum(MIX.values()) == 100


def test_a_repeat_has_the_key_of_an_answered_write_and_the_body_that_it_says():
    asks = drawn(1)
    first = {ask.key: ask for ask in asks if ask.kind != READ and not ask.repeats}

    for ask in asks:
        if ask.repeats == "same":
            assert ask.request == first[ask.key].request
        elif ask.repeats == "other":
            assert ask.request != first[ask.key].request
    assert len(first) == sum(ask.kind != READ and not ask.repeats for ask in asks)


def test_no_more_is_taken_of_a_hold_than_it_has():
    asks = drawn(1)
    held = {number: ask.request["amount"] for number, ask in enumerate(asks) if ask.kind == "hold" and not ask.repeats}

    for ask in asks:
        if ask.kind in {"capture", "release"} and not ask.repeats:
            held[ask.request["hold_no"]] -= ask.request.get("amount", 0)
    assert min(held.values()) >= 0
    assert any("amount" in ask.request for ask in asks if ask.kind == "capture")
    assert any("amount" not in ask.request for ask in asks if ask.kind == "capture")

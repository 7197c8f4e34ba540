"""The checker of histories: it finds nothing in right ones and everything in corrupted ones."""

from dataclasses import replace
from pathlib import Path

import pytest

from verification.checker import check
from verification.corruptions import CORRUPTIONS, Corruption, judge, try_checker
from verification.history import Call, HistoryWriter, read_history
from verification.order import Node, find_cycle
from verification.simulated import SimulatedShop
from verification.verdict import RULES

A, B = (1, "points"), (2, "points")


@pytest.mark.parametrize("seed", range(20))
def test_a_right_history_passes_and_every_rule_had_something_to_look_at(seed: int):
    verdict = judge(seed)

    assert verdict.findings == []
    assert {rule for rule in RULES if not verdict.looked_at[rule]} == set()
    assert verdict.unknown_applied > 0


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda corruption: corruption.name)
@pytest.mark.parametrize("seed", range(5))
def test_a_corruption_is_found_by_its_rule(corruption: Corruption, seed: int):
    assert corruption.rule in judge(seed, corruption).broken


def test_most_corruptions_break_no_other_rule():
    broken = {corruption.name: judge(0, corruption).broken for corruption in CORRUPTIONS}

    assert {name for name, rules in broken.items() if len(rules) > 1} == {
        "a write is applied twice",
        "an amount that its balances contradict",
        "a version is missing",
    }


def test_every_rule_has_a_corruption_that_it_finds():
    assert {corruption.rule for corruption in CORRUPTIONS} == set(RULES)


def test_the_trial_counts_what_was_found():
    clean, *corrupted = try_checker(2)

    assert (clean.name, clean.histories, clean.found) == ("clean", 2, 0)
    assert [(one.name, one.histories, one.found) for one in corrupted] == [(one.name, 2, 2) for one in CORRUPTIONS]


def test_a_cycle_is_told_step_by_step():
    verdict = judge(0, next(one for one in CORRUPTIONS if one.name == "a read of an old balance"))

    (finding,) = verdict.findings
    assert "saw version" in finding.text
    assert "ended before the start of the first again." in finding.text


def test_write_skew_is_a_cycle():
    nodes = [
        Node("one", 1, 4, wrote=[(A, 2)], saw=[(A, 1), (B, 1)]),
        Node("other", 2, 5, wrote=[(B, 2)], saw=[(A, 1), (B, 1)]),
    ]

    assert find_cycle(nodes) == [
        "one, saw version 1 of points of member 2, before version 2 by",
        "other, saw version 1 of points of member 1, before version 2 by",
    ]
    assert find_cycle([nodes[0], replace(nodes[1], saw=[(A, 2), (B, 1)])]) == []


def test_what_was_never_answered_may_come_late_but_not_early():
    late = Node("late", 1, None, wrote=[(A, 2)])
    quick = Node("quick", 5, 6, wrote=[(A, 1)])

    assert find_cycle([late, quick]) == []
    assert find_cycle([replace(late, invoked=7, wrote=[(A, 1)]), replace(quick, wrote=[(A, 2)])]) == [
        "late, wrote version 1 of points of member 1, before version 2 by",
        "quick, ended before the start of",
    ]


def test_operations_at_the_same_instant_have_no_order_in_time():
    assert find_cycle([Node("one", 1, 5, wrote=[(A, 2)]), Node("other", 5, 9, wrote=[(A, 1)])]) == []


def test_a_history_comes_back_from_its_file_as_it_was_written(tmp_path: Path):
    shop = SimulatedShop(3)
    shop.run(50)
    calls, state = shop.finish()
    writer = HistoryWriter(tmp_path / "history.jsonl")
    for call in calls:
        writer.add(call)
    digest = writer.close()

    again = list(read_history(tmp_path / "history.jsonl"))

    assert again == calls
    assert (writer.count, len(digest)) == (len(calls), 64)
    assert check(again, state).holds


def test_an_unknown_write_that_is_not_there_is_no_breach():
    shop = SimulatedShop(3)
    shop.calls.append(
        Call(
            client=0,
            kind="credit",
            request={"member": "1", "currency": "points", "amount": 5},
            invoked=1,
            completed=2,
            outcome="unknown",
            key="silent",
        )
    )

    verdict = check(*shop.finish())

    assert (verdict.findings, verdict.unknown_absent, verdict.unknown_applied) == ([], 1, 0)

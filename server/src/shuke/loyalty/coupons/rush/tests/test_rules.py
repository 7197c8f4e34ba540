"""The formula of draws: recomputed by hand, fair over many draws, and any change of a result is found."""

import math
import random
import re
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.loyalty.coupons.rush import rules
from shuke.platform.settings import REPOSITORY

SEED = "00" * 31 + "2a"
NUMBERS = ["M3A", "M3B", "M3C", "M3D"]


def test_a_draw_by_hand():
    lots = {number: sha256(f"{SEED}:3:{number}".encode()).hexdigest() for number in NUMBERS}

    assert rules.draw(SEED, 3, NUMBERS) == sorted(NUMBERS, key=lots.__getitem__)
    assert rules.lot_of(SEED, 3, "M3A") == lots["M3A"]
    assert rules.promise_of(SEED) == sha256(SEED.encode()).hexdigest()
    assert rules.list_hash(["B", "A"]) == sha256(b"A\nB\n").hexdigest()


def test_golden_lots_never_change():
    # By `printf '%s' '<seed>:<round>:<number>' | sha256sum`.
    assert rules.lot_of("a" * 64, 1, "M2222").startswith(sha256(("a" * 64 + ":1:M2222").encode()).hexdigest()[:8])
    assert rules.draw("a" * 64, 1, ["M1", "M2", "M3", "M4", "M5"]) != rules.draw(
        "a" * 64, 2, ["M1", "M2", "M3", "M4", "M5"]
    )


@given(st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_entering_does_not_matter(numbers: list[str], chance: random.Random):
    other = list(numbers)
    chance.shuffle(other)

    assert rules.draw(SEED, 1, numbers) == rules.draw(SEED, 1, other)
    assert rules.list_hash(numbers) == rules.list_hash(other)


def test_everybody_wins_as_often_over_a_thousand_draws():
    """Chi-square: 1,000 draws, 20 members, 5 winners; the critical value of 19 degrees of freedom at 0.1 % is 43.8."""
    members = [f"M{number:04}" for number in range(20)]
    wins: Counter[str] = Counter()
    for number in range(1_000):
        seed = sha256(f"draw {number}".encode()).hexdigest()
        wins.update(rules.draw(seed, 1, members)[:5])

    expected = 1_000 * 5 / 20
    # Of each draw exactly five win, which makes the spread smaller than that of free throws, by (20 - 5) / (20 - 1).
    chi_square = sum((wins[one] - expected) ** 2 / expected for one in members) * (20 - 1) / (20 - 5)

    assert sum(wins.values()) == 5_000
    assert chi_square < 43.8
    assert math.isfinite(chi_square)


def result() -> dict[str, object]:
    drawn = rules.draw(SEED, 3, NUMBERS)
    return {
        "seed": SEED,
        "seed_hash": rules.promise_of(SEED),
        "entries_hash": rules.list_hash(NUMBERS),
        "round_no": 3,
        "winners": 2,
        "drawn": drawn,
    }


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"seed": "11" * 32}, "the seed is not the one that was promised"),
        ({"drawn": ["M3A"]}, "the entries are not those that were drawn"),
        ({"round_no": 4}, "others have won"),
    ],
)
def test_a_changed_result_is_found(change: dict[str, object], found: str | list[str]):
    told = rules.find_wrong(**(result() | change))  # type: ignore[arg-type]  # the shapes are those of the result

    assert told == found if isinstance(found, list) else found in told


def test_winners_in_another_order_are_found():
    drawn = rules.draw(SEED, 3, NUMBERS)

    assert rules.find_wrong(**(result() | {"drawn": [drawn[1], drawn[0], *drawn[2:]]})) == ["others have won"]  # type: ignore[arg-type]  # the shapes are those of the result
    assert rules.find_wrong(**(result() | {"drawn": [*drawn[:2], drawn[3], drawn[2]]})) == ["the order is another one"]  # type: ignore[arg-type]  # the shapes are those of the result


def test_the_script_of_the_reference_page_draws_the_same(tmp_path: Path):
    page = (REPOSITORY / "docs" / "reference" / "coupon-rush.md").read_text()
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found is not None
    script = tmp_path / "check_draw.py"
    script.write_text(found[1])
    entries = tmp_path / "entries.txt"
    entries.write_text("".join(f"{number}\n" for number in sorted(NUMBERS)))

    words = [SEED, rules.promise_of(SEED), rules.list_hash(NUMBERS), "3", "2"]
    done = subprocess.run([sys.executable, script, *words, entries], capture_output=True, text=True, check=False)
    wrong = subprocess.run(
        [sys.executable, script, "00" * 32, *words[1:], entries], capture_output=True, text=True, check=False
    )

    assert done.stdout.split() == rules.draw(SEED, 3, NUMBERS)[:2]
    assert done.returncode == 0
    assert wrong.returncode != 0

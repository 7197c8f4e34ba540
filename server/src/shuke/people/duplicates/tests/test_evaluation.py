"""How well the finder tells people apart: made-up people, planted duplicates of six kinds, look-alikes of six kinds."""

from collections import Counter, defaultdict
from itertools import combinations

import pytest

from ..finding import LARGEST_BLOCK
from ..rules.blocks import blocks_of
from ..rules.comparing import compare
from ..rules.values import Person
from ..rules.weights import least_of
from ..testing import Truth, truth


def judged(people: list[Person]) -> dict[tuple[int, int], int]:
    """The scores of all pairs that share a block that is not too large."""
    blocks: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        for block in blocks_of(person):
            blocks[block].append(person)
    return {
        (one.member_id, other.member_id): compare(one, other).score
        for members in blocks.values()
        if len(members) <= LARGEST_BLOCK
        for one, other in combinations(sorted(members, key=lambda person: person.member_id), 2)
    }


@pytest.fixture(scope="module")
def made() -> Truth:
    return truth(people=10_000, planted=500, alike=500)


def test_probable_pairs_are_one_person_and_few_are_missed(made: Truth):
    scores = judged(made.people)
    found = {pair for pair, score in scores.items() if score >= least_of("probable")}
    right = found & set(made.planted)

    precision, recall = len(right) / len(found), len(right) / len(made.planted)
    missed = Counter(kind for pair, kind in made.planted.items() if pair not in found)
    taken_in = Counter(made.alike.get(pair, "by chance") for pair in found - right)
    print(f"precision {precision:.3f}, recall {recall:.3f}, of {len(found)}; missed {missed}; wrong {taken_in}")
    assert precision >= 0.95
    assert recall >= 0.9

"""The tree of regions, compared with a plain walk over everything."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shuke.foundation.organization import rules


@st.composite
def trees(draw: st.DrawFn) -> dict[int, int | None]:
    count = draw(st.integers(1, 9))
    return {one: draw(st.sampled_from([None, *range(1, one)])) for one in range(1, count + 1)}


def depth(region: int, parents: dict[int, int | None]) -> int:
    parent = parents[region]
    return 1 if parent is None else 1 + depth(parent, parents)


def is_above(upper: int, region: int, parents: dict[int, int | None]) -> bool:
    here: int | None = region
    while here is not None:
        if here == upper:
            return True
        here = parents[here]
    return False


@given(trees(), st.data())
def test_a_region_moves_exactly_where_no_circle_closes_and_the_tree_stays_low(
    parents: dict[int, int | None], data: st.DataObject
) -> None:
    region = data.draw(st.sampled_from(sorted(parents)))
    parent = data.draw(st.sampled_from(sorted(parents)))

    goes_round = is_above(region, parent, parents)
    moved = parents | {region: parent}
    # Only what moves can come to lie too deep by the move.
    tallest = 0 if goes_round else max(depth(one, moved) for one in moved if is_above(region, one, moved))

    assert rules.may_lie_in(region, parent, parents) == (not goes_round and tallest <= rules.DEEPEST)


@given(trees(), st.data())
def test_within_means_everything_below(parents: dict[int, int | None], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(parents))))

    assert rules.within(chosen, parents) == {
        one for one in parents if any(is_above(upper, one, parents) for upper in chosen)
    }


def test_days_agree_unless_somebody_leaves_before_joining() -> None:
    assert rules.days_agree(None, date(2026, 1, 1))
    assert rules.days_agree(date(2026, 1, 1), date(2026, 1, 1))
    assert not rules.days_agree(date(2026, 1, 2), date(2026, 1, 1))

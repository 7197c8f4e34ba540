"""Sharing members out: what is shown beforehand is what happens, in one go or in parts."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from shuke.people.members.attribution.plans import How, Plan, assign, expected

stores = st.sampled_from([None, 1, 2, 3])
plans = st.builds(
    lambda how, places: Plan(how=how, targets=[(100 + place, store) for place, store in enumerate(places)]),
    st.sampled_from(["evenly", "by_store"]),
    st.lists(stores, min_size=1, max_size=5),
)


def copy(plan: Plan) -> Plan:
    return Plan(how=plan.how, targets=list(plan.targets))


@given(plans, st.lists(stores, max_size=40), st.integers(1, 7))
def test_in_parts_as_in_one_go_and_as_shown_beforehand(plan: Plan, places: list[int | None], step: int) -> None:
    members = list(enumerate(places, 1))

    whole = assign(copy(plan), members)
    parts = {}
    for first in range(0, len(members), step):
        parts |= assign(plan, members[first : first + step])

    assert parts == whole
    assert Counter(whole.values()) == +expected(copy(plan), Counter(places))


@given(plans, st.lists(stores, max_size=40))
def test_nobody_gets_two_more_than_another_where_all_take_turns(plan: Plan, places: list[int | None]) -> None:
    plan.how = "evenly"

    shares = expected(plan, Counter(places))

    counts = [shares[employee] for employee, _ in plan.targets]
    assert max(counts) - min(counts) <= 1
    assert sum(counts) == len(places)


@given(plans, st.lists(stores, max_size=40))
def test_who_stands_in_the_members_store_takes_them(plan: Plan, places: list[int | None]) -> None:
    how: How = "by_store"
    plan.how = how
    staffed = {store for _, store in plan.targets if store is not None}

    takers = assign(plan, list(enumerate(places)))

    where = dict(plan.targets)
    assert all(where[takers[place]] == store for place, store in enumerate(places) if store in staffed)

"""Caps and budgets in the database: exact at the limit, whatever happens at once."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from shuke.loyalty import earning
from shuke.loyalty.earning.limits.merging import merge, undo
from shuke.loyalty.earning.limits.tables import earning_budget_use, earning_cap_use
from shuke.loyalty.earning.rules import RuleVersion
from shuke.loyalty.earning.testing import a_subject, a_version, fixed
from shuke.people import members
from shuke.platform.db import Database, Session

pytestmark = pytest.mark.anyio
DAY = date(2026, 3, 2)


def limit(amount: int, mode: str = "truncate", counts: str = "amount", period: str = "day") -> dict[str, Any]:
    return {"limit": amount, "mode": mode, "counts": counts, "period": period}


async def give(database: Database, rule: RuleVersion, wanted: int, member_id: int = 7) -> int:
    """One transaction that wants points of a rule; how many it got."""
    async with database.transaction() as session:
        room = await earning.lock_room(session, [rule], [member_id], [DAY])
        given = room.grant(rule, "points", member_id, DAY, wanted).amount
        await earning.save_room(session, room)
        return given


async def give_back(database: Database, rule: RuleVersion, amount: int, member_id: int = 7) -> None:
    async with database.transaction() as session:
        room = await earning.lock_room(session, [rule], [member_id], [DAY])
        room.give_back(rule, "points", member_id, DAY, amount, is_whole=True)
        await earning.save_room(session, room)


async def used(database: Database, table: Any) -> list[tuple[int, int]]:
    async with database.transaction() as session:
        return [(row.amount, row.times) for row in await session.execute(select(table))]


async def test_14_a_truncating_budget_is_exact_at_its_limit_when_fifty_want_it_at_once(database: Database):
    rule = a_version(fixed(1), budgets=[limit(1_000, period="month")])

    given = await asyncio.gather(*(give(database, rule, 30, member_id) for member_id in range(1, 51)))

    assert sum(given) == 1_000
    assert sorted(given, reverse=True) == [30] * 33 + [10] + [0] * 16
    assert await used(database, earning_budget_use) == [(1_000, 34)]


async def test_14_a_rejecting_budget_gives_whole_grants_alone(database: Database):
    rule = a_version(fixed(1), budgets=[limit(1_000, "reject", period="lifetime")])

    given = await asyncio.gather(*(give(database, rule, 30, member_id) for member_id in range(1, 51)))

    assert sorted(given, reverse=True) == [30] * 33 + [0] * 17
    assert await used(database, earning_budget_use) == [(990, 33)]


async def test_14_a_cap_of_times_is_exact_for_one_member_in_thirty_hands(database: Database):
    rule = a_version(fixed(1), caps=[limit(3, counts="times", period="week")])

    given = await asyncio.gather(*(give(database, rule, 5) for _ in range(30)))

    assert sorted(given, reverse=True) == [5, 5, 5] + [0] * 27
    assert await used(database, earning_cap_use) == [(15, 3)]


async def test_13_what_is_released_while_others_consume_is_neither_lost_nor_doubled(database: Database):
    rule = a_version(fixed(1), budgets=[limit(300)], caps=[limit(10_000)])
    assert sum([await give(database, rule, 100, member_id) for member_id in (1, 2, 3)]) == 300

    results = await asyncio.gather(
        *(give(database, rule, 20, member_id) for member_id in range(4, 24)),
        *(give_back(database, rule, 100, member_id) for member_id in (1, 2)),
        *(give(database, rule, 20, member_id) for member_id in range(24, 44)),
    )

    given = [one for one in results if one is not None]
    # Whoever came before the release got nothing; what was released and not yet taken is there for the next.
    left = await give(database, rule, 1_000, 50)
    assert sum(given) + left == 200
    assert await used(database, earning_budget_use) == [(300, 3 - 2 + len([one for one in given if one]) + bool(left))]


async def test_members_do_not_share_caps_and_days_do_not_share_periods(database: Database):
    rule = a_version(fixed(1), caps=[limit(10)])
    tomorrow = date(2026, 3, 3)

    async with database.transaction() as session:
        room = await earning.lock_room(session, [rule], [1, 2], [DAY, tomorrow])
        given = [room.grant(rule, "points", member, day, 8).amount for member in (1, 2) for day in (DAY, tomorrow)]
        again = room.grant(rule, "points", 1, DAY, 8).amount
        await earning.save_room(session, room)

    assert (given, again) == ([8, 8, 8, 8], 2)
    assert sorted(await used(database, earning_cap_use)) == [(8, 1), (8, 1), (8, 1), (10, 2)]


async def test_rules_without_limits_ask_the_database_nothing(session: Session):
    room = await earning.lock_room(session, [a_version(fixed(1))], [1], [DAY])
    given = room.grant(a_version(fixed(1)), "points", 1, DAY, 9)

    assert given.amount == 9
    assert room.uses == {}
    assert (await session.execute(select(earning_cap_use))).all() == []


async def test_an_order_that_is_cut_says_by_what(session: Session):
    rule = a_version(fixed(30), activity="check_in", caps=[limit(40)])
    room = await earning.lock_room(session, [rule], [7], [DAY])
    visit = a_subject(activity="check_in")

    first, second, third = (earning.decide([rule], visit, room) for _ in range(3))

    assert [grant.amount for grant in (*first.grants, *second.grants)] == [30, 10]
    cut = {"of": "cap", "counts": "amount", "period": "day", "limit": 40, "left": 10, "mode": "truncate"}
    assert second.grants[0].explanation["cuts"] == [cut]
    assert second.grants[0].entitled == 30
    assert third.grants == []
    assert third.passed_over == [
        {
            "rule": "rule-1",
            "version": 1,
            "why": "cap",
            "currency": "points",
            "entitled": 30,
            "cuts": [{**cut, "left": 0}],
        }
    ]


async def test_a_coupon_is_capped_by_times_and_not_by_amounts_of_points(session: Session):
    coupon = {"kind": "coupon", "coupon": "TEN"}
    rule = a_version(coupon, activity="check_in", caps=[limit(1, counts="times"), limit(1)])
    room = await earning.lock_room(session, [rule], [7], [DAY])
    visit = a_subject(activity="check_in")

    first, second = (earning.decide([rule], visit, room) for _ in range(2))

    assert [effect.kind for effect in first.effects] == ["coupon"]
    assert (second.effects, second.passed_over[0]["why"]) == ([], "cap")


async def test_a_new_version_goes_on_counting_where_the_one_before_stopped(session: Session):
    first = a_version(fixed(1), caps=[limit(10)])
    second = a_version(fixed(1), version=2, caps=[limit(15)])
    room = await earning.lock_room(session, [first], [7], [DAY])
    room.grant(first, "points", 7, DAY, 10)
    await earning.save_room(session, room)

    room = await earning.lock_room(session, [second], [7], [DAY])

    assert room.grant(second, "points", 7, DAY, 10).amount == 5


async def test_looking_takes_no_lock_and_cannot_be_saved(database: Database):
    rule = a_version(fixed(1), caps=[limit(10)], budgets=[limit(100)])
    await give(database, rule, 7)

    async with database.transaction() as holder, database.transaction() as looker:
        await earning.lock_room(holder, [rule], [7], [DAY])
        room = await asyncio.wait_for(earning.look_at_room(looker, [rule], [7], [DAY]), 2)
        assert room.grant(rule, "points", 7, DAY, 7).amount == 3
        with pytest.raises(RuntimeError):
            await earning.save_room(looker, room)

    assert await used(database, earning_cap_use) == [(7, 1)]


async def test_what_is_undone_with_its_transaction_is_not_used(database: Database):
    rule = a_version(fixed(1), caps=[limit(10)])

    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as session:
            room = await earning.lock_room(session, [rule], [7], [DAY])
            room.grant(rule, "points", 7, DAY, 10)
            await earning.save_room(session, room)
            raise ZeroDivisionError

    assert await give(database, rule, 10) == 10


async def test_two_who_take_many_limits_in_opposite_order_do_not_wait_for_each_other_for_ever(database: Database):
    rules = [a_version(fixed(1), rule_id=number, caps=[limit(99)], budgets=[limit(9_999)]) for number in (1, 2, 3)]

    async def take(turn: int) -> None:
        async with database.transaction() as session:
            ids = [1, 2, 3][:: 1 if turn % 2 else -1]
            room = await earning.lock_room(session, rules[:: 1 if turn % 2 else -1], ids, [DAY])
            for rule in rules:
                room.grant(rule, "points", 1, DAY, 1)
            await earning.save_room(session, room)

    await asyncio.gather(*(take(turn) for turn in range(30)))

    assert await used(database, earning_budget_use) == [(30, 30)] * 3


def merging(absorbed_id: int, survivor_id: int) -> members.Merging:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return members.Merging(
        merge_id=1, absorbed_id=absorbed_id, survivor_id=survivor_id, at=at, actor="staff:1", reason="same person"
    )


async def test_one_person_has_used_what_both_had_and_two_have_their_own_again(session: Session):
    rule = a_version(fixed(1), caps=[limit(10, period="month"), limit(99, counts="times")])

    async def left(member_id: int) -> int:
        room = await earning.look_at_room(session, [rule], [member_id], [DAY])
        return room.grant(rule, "points", member_id, DAY, 10).amount

    room = await earning.lock_room(session, [rule], [1, 2], [DAY])
    room.grant(rule, "points", 1, DAY, 4)
    room.grant(rule, "points", 2, DAY, 3)
    await earning.save_room(session, room)

    await merge(session, merging(1, 2))
    assert await left(2) == 3

    await undo(session, merging(1, 2))
    assert (await left(1), await left(2)) == (6, 7)


async def test_two_who_had_their_whole_caps_have_nothing_left_as_one(session: Session):
    rule = a_version(fixed(1), caps=[limit(10)])
    room = await earning.lock_room(session, [rule], [1, 2], [DAY])
    for member_id in (1, 2):
        room.grant(rule, "points", member_id, DAY, 10)
    await earning.save_room(session, room)

    await merge(session, merging(1, 2))

    room = await earning.lock_room(session, [rule], [2], [DAY])
    assert room.grant(rule, "points", 2, DAY, 1).amount == 0
    assert [use.amount for use in room.uses.values()] == [20]

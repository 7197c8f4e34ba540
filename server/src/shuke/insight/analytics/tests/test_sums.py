"""Sums from events: right whatever the order in which they come and however they are batched."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from shuke.foundation.organization.testing import a_shop
from shuke.insight.analytics import handlers, queries
from shuke.insight.analytics.rules import Period, choose_period, months_of
from shuke.insight.analytics.tables import (
    analytics_balance_day,
    analytics_member,
    analytics_purchase_day,
    analytics_purchase_gap,
    analytics_store_day,
)
from shuke.insight.analytics.testing import adjustment, balance, joined, level_change, refund, sale, status_change

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


def _day(number: int) -> datetime:
    return NOON + timedelta(days=number)


@pytest.fixture
async def shop(session):
    return await a_shop(session)


async def test_a_period_sums_sales_less_refunds_and_leaves_adjustments_out(session, shop):
    await handlers.on_sales(
        session,
        [
            sale(1, _day(0), 10_000),
            sale(0, _day(0), 2_000),
            refund(1, _day(1), -3_000),
            refund(0, _day(1), -500),
            adjustment(_day(1), -99_999),
            sale(1, _day(9), 7),
        ],
    )

    found = await queries.figures(session, Period(date(2026, 3, 1), date(2026, 3, 2)), "CNY")

    assert (found.orders, found.sales_minor, found.member_sales_minor) == (2, 8_500, 7_000)
    assert (found.active_members, found.returning_members) == (1, 0)


async def test_stores_and_currencies_are_kept_apart(session, shop):
    await handlers.on_sales(
        session,
        [
            sale(1, _day(0), 100, store_id=3),
            sale(1, _day(0), 200, store_id=4),
            sale(1, _day(0), 50, store_id=4),
            sale(1, _day(0), 9_999, store_id=3, currency="EUR"),
            sale(1, _day(0), 7),
        ],
    )
    period = Period(date(2026, 3, 1), date(2026, 3, 1))

    stores = await queries.list_stores(session, period, "CNY", 10)
    member = (await session.execute(select(analytics_member))).one()

    assert [(one.store_id, one.sales_minor, one.orders) for one in stores] == [(4, 250, 2), (3, 100, 1)]
    assert (member.order_count, member.paid_minor) == (5, 357)


async def test_members_are_counted_in_any_period_as_if_one_by_one(session, shop):
    chance = random.Random(11)
    events = [sale(chance.randrange(12), _day(chance.randrange(30)), 100) for _ in range(160)]
    while events:
        size = chance.randrange(1, 40)
        await handlers.on_sales(session, events[:size])
        events = events[size:]
    chance = random.Random(11)
    bought = [(chance.randrange(12), chance.randrange(30)) for _ in range(160)]

    for first in range(0, 30, 3):
        for last in range(first, 30, 4):
            counted = Counter(member for member, day in bought if member and first <= day <= last)
            found = await queries.figures(session, Period(_day(first).date(), _day(last).date()), "CNY")
            assert found.active_members == len(counted)
            assert found.returning_members == sum(orders > 1 for orders in counted.values())


async def test_the_same_sums_come_from_any_order_of_the_same_events(session, shop):
    async def sums_of(events):
        for table in (analytics_member, analytics_purchase_day, analytics_purchase_gap, analytics_store_day):
            await session.execute(table.delete())
        for event in events:
            await handlers.on_sales(session, [event])
        gap = analytics_purchase_gap.c
        return (
            (await session.execute(select(analytics_member).order_by(analytics_member.c.member_id))).all(),
            (
                await session.execute(
                    select(gap.distance, gap.day, gap.earlier_day, gap.orders)
                    .where(gap.orders != 0)
                    .order_by(gap.distance, gap.day, gap.earlier_day)
                )
            ).all(),
        )

    events = [sale(1, _day(number % 4), number) for number in range(9)] + [refund(1, _day(5), -3), sale(2, _day(1), 8)]

    forwards = await sums_of(events)
    backwards = await sums_of(events[::-1])

    assert forwards == backwards
    assert [(row.member_id, row.order_count, row.paid_minor, row.refunded_minor) for row in forwards[0]] == [
        (1, 9, 36, -3),
        (2, 1, 8, 0),
    ]


async def test_a_refund_alone_makes_nobody_active(session, shop):
    await handlers.on_sales(session, [refund(5, _day(0), -100)])

    found = await queries.figures(session, Period(date(2026, 3, 1), date(2026, 3, 1)), "CNY")

    assert (found.active_members, found.orders, found.sales_minor) == (0, 0, -100)


async def test_points_are_summed_by_day_and_kind(session, shop):
    await handlers.on_balances(
        session,
        [
            balance("balance.credited", _day(0), 100),
            balance("balance.credited", _day(3), 50),
            balance("balance.taken_back", _day(3), -20),
            balance("balance.expired", _day(4), -30),
            balance("balance.credited", _day(3), 7, currency="growth"),
        ],
    )
    period = Period(date(2026, 3, 4), date(2026, 3, 5))

    found = await queries.figures(session, period, "CNY")
    days = await queries.list_days(session, period, "CNY")

    assert (found.points_issued, found.points_used, found.points_expired) == (50, 0, 30)
    # Those issued before the period and still there count as well.
    assert found.points_outstanding == 100
    assert [(day.points_issued, day.points_taken_back, day.points_expired) for day in days] == [(50, 20, 0), (0, 0, 30)]


async def test_use_counts_less_what_was_given_back_and_every_change_is_outstanding(session, shop):
    await handlers.on_balances(
        session,
        [
            balance("balance.credited", _day(0), 100),
            balance("balance.used", _day(1), -60),
            balance("balance.restored", _day(2), 20),
            balance("balance.adjusted", _day(2), 5),
            balance("balance.cancelled", _day(2), -3),
            balance("balance.transferred", _day(2), -2),
        ],
    )
    period = Period(date(2026, 3, 1), date(2026, 3, 3))

    found = await queries.figures(session, period, "CNY")
    days = await queries.list_days(session, period, "CNY")
    kept = (await session.execute(select(analytics_balance_day).order_by(analytics_balance_day.c.day))).all()

    assert (found.points_issued, found.points_used, found.points_outstanding) == (100, 40, 60)
    assert [day.points_used for day in days] == [0, 60, -20]
    assert [(row.issued, row.used, row.other) for row in kept] == [(100, 0, 0), (0, -60, 0), (0, 20, 0)]


async def test_members_join_on_the_shops_day_and_stand_in_levels(session, shop):
    late = datetime(2026, 3, 1, 17, tzinfo=UTC)  # already 2 March in Shanghai
    await handlers.on_members(session, [joined(1, NOON), joined(2, late)])
    await handlers.on_levels(
        session,
        [
            level_change(1, None, "bronze"),
            level_change(2, None, "bronze"),
            level_change(1, "bronze", "silver"),
            level_change(1, "silver", "silver"),
        ],
    )

    found = await queries.figures(session, Period(date(2026, 3, 2), date(2026, 3, 2)), "CNY")

    assert (found.members, found.new_members) == (2, 1)
    assert await queries.list_levels(session, "main") == {"bronze": 1, "silver": 1}


async def test_who_leaves_is_no_member_any_more_and_who_comes_back_is(session, shop):
    await handlers.on_members(
        session,
        [
            *(joined(number, _day(0)) for number in (1, 2, 3)),
            status_change(1, _day(1), "active", "cancelled"),
            status_change(2, _day(1), "active", "frozen"),
            status_change(1, _day(2), "cancelled", "erased"),
            status_change(3, _day(2), "frozen", "cancelled"),
            status_change(3, _day(3), "cancelled", "active"),
        ],
    )

    counts = [
        (await queries.figures(session, Period(_day(0).date(), _day(number).date()), "CNY")).members
        for number in range(4)
    ]

    assert counts == [3, 2, 1, 2]


async def test_every_day_of_a_period_is_there_also_without_sales(session, shop):
    await handlers.on_sales(session, [sale(1, _day(1), 100)])

    days = await queries.list_days(session, Period(date(2026, 3, 1), date(2026, 3, 3)), "CNY")

    assert [(day.day.day, day.sales_minor, day.orders) for day in days] == [(1, 0, 0), (2, 100, 1), (3, 0, 0)]


def test_the_default_period_is_twelve_months_and_is_compared_with_the_days_before():
    period = choose_period(None, None, today=date(2011, 12, 11))

    assert (period.first, period.last, period.day_count) == (date(2010, 12, 12), date(2011, 12, 11), 365)
    assert (period.previous.first, period.previous.last) == (date(2009, 12, 12), date(2010, 12, 11))
    assert choose_period(date(2011, 5, 1), None, today=date(2011, 5, 3)).day_count == 3
    assert choose_period(None, date(2011, 2, 28), today=date(2011, 12, 11)).first == date(2010, 3, 1)


def test_months_of_a_period_include_those_it_only_touches():
    assert months_of(Period(date(2010, 12, 12), date(2011, 2, 1))) == ["2010-12", "2011-01", "2011-02"]
    assert months_of(Period(date(2011, 2, 3), date(2011, 2, 3))) == ["2011-02"]

"""Budgets are taken whole or not at all, and given back to the period that they were taken from."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons import budgets
from shuke.loyalty.coupons.budgets import Left, Spend
from shuke.loyalty.coupons.changing import Step, change
from shuke.loyalty.coupons.making import NewCoupon, make
from shuke.loyalty.coupons.rules import Budget
from shuke.loyalty.coupons.testing import OFF_TEN, a_template, set_clock
from shuke.people.members.testing import enrolled, person
from shuke.platform.db import Session, raw

MONDAY = date(2026, 3, 2)
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAILY: dict[str, Any] = {"counts": "discount", "period": "day", "limit": 500}
TWICE: dict[str, Any] = {"counts": "count", "period": "lifetime", "limit": 2}


def read(*stored: dict[str, Any]) -> tuple[Budget, ...]:
    return tuple(Budget.model_validate(one) for one in stored)


async def rooms(session: Session) -> list[tuple[str, str, int]]:
    rows = await (await raw(session)).fetch("select counts, period, used from coupon_budget_room order by 1, 2")
    return [tuple(row) for row in rows]


async def test_a_budget_is_taken_to_its_limit_and_no_further(session: Session):
    template_id = await a_template(session, "ten-off", OFF_TEN, {"budgets": [DAILY, TWICE]})
    limits = read(DAILY, TWICE)
    assert await budgets.look(session, [template_id], MONDAY) == {template_id: Left(500, 2)}
    await budgets.take(session, [Spend(template_id, limits, MONDAY, 499)])
    assert await budgets.look(session, [template_id], MONDAY) == {template_id: Left(1, 1)}
    before = await rooms(session)

    with pytest.raises(budgets.BudgetUsedUp) as refused:
        await budgets.take(session, [Spend(template_id, limits, MONDAY, 2)])

    assert refused.value.say("zh").startswith("“券 ten-off”（ten-off）今天的预算不够这次使用")
    assert refused.value.say("en").startswith("The budget of Coupon ten-off (ten-off) for today does not reach")
    assert await rooms(session) == before
    await budgets.take(session, [Spend(template_id, limits, MONDAY, 1)])
    with pytest.raises(budgets.BudgetUsedUp) as refused:
        await budgets.take(session, [Spend(template_id, limits, date(2026, 3, 3), 1)])
    assert "全部期间" in refused.value.say("zh")


async def test_of_several_templates_all_or_none_is_taken(session: Session):
    wide = await a_template(session, "wide", OFF_TEN, {"budgets": [DAILY]})
    narrow = await a_template(session, "narrow", OFF_TEN, {"budgets": [TWICE]})
    with pytest.raises(budgets.BudgetUsedUp):
        await budgets.take(
            session,
            [Spend(wide, read(DAILY), MONDAY, 100)] + [Spend(narrow, read(TWICE), MONDAY, 100) for _ in range(3)],
        )
    assert await budgets.look(session, [wide, narrow], MONDAY) == {wide: Left(500, None), narrow: Left(None, 2)}


async def test_what_is_given_back_goes_to_the_day_of_the_redemption(session: Session):
    template_id = await a_template(session, "ten-off", OFF_TEN, {"budgets": [DAILY]})
    tuesday = date(2026, 3, 3)
    await budgets.take(session, [Spend(template_id, read(DAILY), MONDAY, 500)])
    await budgets.take(session, [Spend(template_id, read(DAILY), tuesday, 300)])
    await budgets.give_back(session, [Spend(template_id, read(DAILY), MONDAY, 500)])
    assert await rooms(session) == [("discount", "day:2026-03-02", 0), ("discount", "day:2026-03-03", 300)]


async def test_without_budgets_nothing_is_asked(session: Session):
    template_id = await a_template(session)
    await budgets.take(session, [Spend(template_id, (), MONDAY, 10**9)])
    await budgets.give_back(session, [Spend(template_id, (), MONDAY, 10**9)])
    assert await rooms(session) == []
    assert await budgets.look(session, [template_id], MONDAY) == {}


async def test_a_new_budget_begins_with_what_was_redeemed_in_its_period(session: Session):
    set_clock(AT)
    await a_shop(session)
    (member_id,) = await enrolled(session, [person()])
    template_id = await a_template(session)
    for nth, (redeemed_at, is_returned) in enumerate(
        [(datetime(2026, 2, 27, 4, tzinfo=UTC), False), (AT, False), (AT, True), (AT, False)]
    ):
        code = f"C{nth}"
        made = await make(
            session,
            [
                NewCoupon(
                    member_id=member_id,
                    template_id=template_id,
                    terms_version=1,
                    code=code,
                    how="staff",
                    at=redeemed_at,
                    valid_from=redeemed_at,
                    expires_at=None,
                    actor="system:0",
                )
            ],
            ZONE,
        )
        step = Step(
            member_id=member_id,
            coupon_id=made[code],
            template_id=template_id,
            version=1,
            at=redeemed_at,
            actor="system:0",
            discount_minor=100 + nth,
        )
        assert await change(session, "redeemed", [step], ZONE)
        if is_returned:
            assert await change(session, "returned", [Step(**{**vars(step), "version": 2})], ZONE)
    monthly = {"counts": "discount", "period": "month", "limit": 1_000}
    kept = {"counts": "discount", "period": "day", "limit": 90}
    await budgets.take(session, [Spend(template_id, read(kept), MONDAY, 60)])

    await budgets.arrange(session, template_id, read(kept), read({**kept, "limit": 95}, monthly, TWICE))

    assert await rooms(session) == [
        ("count", "lifetime", 3),
        ("discount", "day:2026-03-02", 60),
        ("discount", "month:2026-03-01", 101 + 103),
    ]

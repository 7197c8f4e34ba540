"""Gifts come due by day, once per occasion, whoever asks how often."""

import asyncio
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.benefits import jobs as benefit_jobs
from shuke.loyalty.benefits.actions import expire, grant_due, hash_anew, read_members
from shuke.loyalty.benefits.queries import get_benefit
from shuke.loyalty.benefits.rules.benefit import Benefit
from shuke.loyalty.benefits.testing import CAKE, a_benefit, entitlements, known, set_day
from shuke.loyalty.ledger.testing import balances, two_currencies
from shuke.loyalty.tiers.testing import four_levels
from shuke.people import members
from shuke.people.members.testing import enrolled, phone
from shuke.platform import clock, jobs, keys
from shuke.platform.db import Database, Session, raw
from shuke.platform.keys import KeyRing

ZONE = ZoneInfo("Asia/Shanghai")
BIRTHDAY_CAKE = {"kind": "birthday_gift", "gift": CAKE}


async def born(session: Session, *birthdays: str | None, joined_at: datetime | None = None) -> list[int]:
    """Members with these birthdays."""
    people = [
        members.NewMember(
            identities=(phone(f"154{number:08d}"),),
            profile=members.Profile(name="张三", birthday=birthday),
            joined_at=joined_at,
        )
        for number, birthday in enumerate(birthdays, 1)
    ]
    return await enrolled(session, people)


async def due(session: Session, benefit: Benefit, day: date) -> None:
    """Everything that a day makes due."""
    after: int | None = 0
    while after is not None:
        after = await grant_due(session, benefit, day, day, ZONE, after=after)


async def test_a_birthday_gift_comes_on_the_birthday_and_once_a_year(session: Session):
    await a_shop(session)
    mine, other, unknown = await born(session, "1990-03-08", "--03-09", None)
    await known(session, [mine, other, unknown])
    cake = await a_benefit(session, "cake", BIRTHDAY_CAKE)

    for day in (date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 8), date(2026, 3, 9), date(2027, 3, 8)):
        await due(session, cake, day)

    assert await entitlements(session, mine) == [("birthday:2026", "open", 1, 0), ("birthday:2027", "open", 1, 0)]
    assert await entitlements(session, other) == [("birthday:2026", "open", 1, 0)]
    assert await entitlements(session, unknown) == []


async def test_a_lunar_birthday_is_found_by_the_lunar_day_and_one_without_a_year_by_the_solar(session: Session):
    await a_shop(session)
    # 15th of the eighth month; mid-autumn is on 25 September in 2026, and on 15 September in 2027.
    lunar, solar = await born(session, "1990-10-03", "--10-03")
    await known(session, [lunar, solar])
    cake = await a_benefit(session, "cake", {**BIRTHDAY_CAKE, "calendar": "lunar"})

    await due(session, cake, date(2026, 9, 25))
    assert await entitlements(session, lunar) == [("birthday:2026", "open", 1, 0)]
    assert await entitlements(session, solar) == []

    await due(session, cake, date(2026, 10, 3))
    await due(session, cake, date(2027, 9, 15))
    assert await entitlements(session, lunar) == [("birthday:2026", "open", 1, 0), ("birthday:2027", "open", 1, 0)]
    assert await entitlements(session, solar) == [("birthday:2026", "open", 1, 0)]


async def test_levels_and_periods_decide_who_gets_it(session: Session):
    await a_shop(session)
    await four_levels(session)
    gold, bronze = await born(session, "1990-03-08", "1991-03-08")
    await known(session, [gold], "gold")
    await known(session, [bronze], "bronze")
    cake = await a_benefit(session, "cake", BIRTHDAY_CAKE, levels=["gold", "diamond"], active_until=date(2026, 12, 31))

    await due(session, cake, date(2026, 3, 8))
    await due(session, cake, date(2027, 3, 8))

    assert await entitlements(session, gold) == [("birthday:2026", "open", 1, 0)]
    assert await entitlements(session, bronze) == []


async def test_frozen_and_erased_members_get_nothing(session: Session):
    await a_shop(session)
    frozen, gone = await born(session, "1990-03-08", "1990-03-08")
    await known(session, [frozen, gone])
    await members.set_status(session, [frozen], "frozen")
    await members.set_status(session, [gone], "cancelled")
    await read_members(session, [frozen, gone])
    cake = await a_benefit(session, "cake", BIRTHDAY_CAKE)

    await due(session, cake, date(2026, 3, 8))

    assert await entitlements(session, frozen) == []
    assert await entitlements(session, gone) == []
    row = await (await raw(session)).fetchrow("select solar, lunar from benefit_member where member_id = $1", gone)
    assert row is not None
    assert tuple(row) == (None, None)


async def test_an_anniversary_counts_from_the_first_year_and_by_the_shops_days(session: Session):
    await a_shop(session)
    # In Shanghai it was the 29th of February already.
    (mine,) = await born(session, None, joined_at=datetime(2024, 2, 28, 17, tzinfo=UTC))
    await known(session, [mine])
    gift = await a_benefit(session, "year", {"kind": "anniversary_gift", "gift": CAKE, "least_years": 2})

    for day in (date(2025, 2, 28), date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29)):
        await due(session, gift, day)

    assert [one[0] for one in await entitlements(session, mine)] == ["anniversary:2026", "anniversary:2028"]


async def test_a_month_is_granted_on_its_first_day_to_those_who_have_the_level_then(session: Session):
    await a_shop(session)
    await four_levels(session)
    early, late = await born(session, None, None)
    await known(session, [early], "gold")
    gift = await a_benefit(session, "coffee", {"kind": "monthly_gift", "gift": CAKE, "units": 3}, levels=["gold"])

    await due(session, gift, date(2026, 11, 1))
    await known(session, [late], "gold")
    for day in (date(2026, 11, 1), date(2026, 11, 2), date(2026, 12, 1)):
        await due(session, gift, day)

    assert await entitlements(session, early) == [("month:2026-11", "open", 3, 0), ("month:2026-12", "open", 3, 0)]
    # The month's own day was worked on twice, and whoever had risen in between had it too.
    assert await entitlements(session, late) == [("month:2026-11", "open", 3, 0), ("month:2026-12", "open", 3, 0)]
    ends = await (await raw(session)).fetch("select expires_at from benefit_entitlement where member_id = $1", early)
    assert [row["expires_at"].astimezone(ZONE).date() for row in ends] == [date(2026, 12, 1), date(2027, 1, 1)]


async def test_a_gift_of_points_is_in_the_ledger_at_once_and_only_once(session: Session):
    await a_shop(session)
    await two_currencies(session)
    (mine,) = await born(session, "1990-03-08")
    await known(session, [mine])
    gift = {"kind": "points", "currency": "points", "amount": 200}
    points = await a_benefit(session, "points", {"kind": "birthday_gift", "gift": gift})

    await due(session, points, date(2026, 3, 8))
    await due(session, points, date(2026, 3, 8))

    assert await balances(session, mine) == (200, 0, 0, 0)
    assert await entitlements(session, mine) == [("birthday:2026", "used", 1, 1)]


async def test_what_the_ledger_refuses_is_revoked_and_others_get_theirs(session: Session):
    await a_shop(session)
    await two_currencies(session)
    one, other = await born(session, "1990-03-08", "1990-03-08")
    await known(session, [one, other])
    gift = {"kind": "points", "currency": "points", "amount": 200}
    points = await a_benefit(session, "points", {"kind": "birthday_gift", "gift": gift})
    driver = await raw(session)
    await driver.execute("update ledger_currency set balance_cap = 100, cap_mode = 'reject' where code = 'points'")

    await due(session, points, date(2026, 3, 8))

    assert await balances(session, one) == (0, 0, 0, 0)
    assert await entitlements(session, one) == [("birthday:2026", "revoked", 1, 0)]
    assert await entitlements(session, other) == [("birthday:2026", "revoked", 1, 0)]
    because = await driver.fetchval("select ended_because from benefit_entitlement where member_id = $1", one)
    assert because == "ledger.balance_cap_reached"
    assert await driver.fetchval("select count(*) from event where name = 'benefit.granted'") == 0


async def test_what_is_over_expires_and_says_so(session: Session):
    await a_shop(session)
    (mine,) = await born(session, "1990-03-08")
    await known(session, [mine])
    cake = await a_benefit(session, "cake", {**BIRTHDAY_CAKE, "days_after": 6})
    await due(session, cake, date(2026, 3, 8))

    set_day(datetime(2026, 3, 14, 15, 59, 50, tzinfo=UTC))
    assert await expire(session, 100) == 0
    set_day(datetime(2026, 3, 14, 16, tzinfo=UTC))
    assert await expire(session, 100) == 1
    assert await expire(session, 100) == 0

    assert await entitlements(session, mine) == [("birthday:2026", "expired", 1, 0)]
    assert await (await raw(session)).fetchval("select count(*) from event where name = 'benefit.expired'") == 1


async def test_another_index_key_leaves_nobody_out(session: Session, monkeypatch: pytest.MonkeyPatch):
    """While two keys are live both find; afterwards everybody is hashed by the newest."""
    await a_shop(session)
    first, second = await born(session, "1990-03-08", "1990-03-08")
    await known(session, [first, second])
    cake = await a_benefit(session, "cake", BIRTHDAY_CAKE)
    index = keys.ring().index
    both = keys.IndexKeys({**index._secrets, index.version + 1: b"another secret of 32 bytes......"})
    monkeypatch.setattr(KeyRing, "index", property(lambda _: both))

    await read_members(session, [first])
    await due(session, cake, date(2026, 3, 8))
    assert len(await entitlements(session, first)) == 1
    assert len(await entitlements(session, second)) == 1

    assert await hash_anew(session, 0, 100) == second
    assert await hash_anew(session, 0, 100) is None
    monkeypatch.setattr(KeyRing, "index", property(lambda _: both.newest))
    await due(session, cake, date(2027, 3, 8))
    assert len(await entitlements(session, first)) == 2
    assert len(await entitlements(session, second)) == 2


async def test_the_days_that_nobody_worked_on_are_made_up_for(database: Database):
    jobs.use(database)
    set_day(datetime(2026, 3, 5, 1, tzinfo=UTC))
    async with database.transaction() as session:
        await a_shop(session)
        ids = await born(session, "1990-03-04", "1990-03-05", "1990-03-06", "1990-03-08", "1990-03-09")
        await known(session, ids)
        await a_benefit(session, "cake", BIRTHDAY_CAKE)

    await benefit_jobs.work_of_the_day()
    set_day(datetime(2026, 3, 8, 1, tzinfo=UTC))
    await benefit_jobs.work_of_the_day()
    await benefit_jobs.work_of_the_day()

    async with database.transaction() as session:
        found = [await entitlements(session, one) for one in ids]
        once = [("birthday:2026", "open", 1, 0)]
        # Nobody used the first, and its day is over.
        assert found == [[], [("birthday:2026", "expired", 1, 0)], once, once, []]
        # What was missed can be used today.
        end = await (await raw(session)).fetchval(
            "select expires_at from benefit_entitlement where member_id = $1", ids[2]
        )
        assert end.astimezone(ZONE) == datetime(2026, 3, 9, tzinfo=ZONE)


async def test_many_who_work_on_one_day_grant_once(database: Database):
    """The unique key decides, not who comes first; points come once too."""
    async with database.transaction() as session:
        await a_shop(session)
        await two_currencies(session)
        ids = await born(session, *["1990-03-08"] * 40)
        await known(session, ids)
        gift = {"kind": "points", "currency": "points", "amount": 10}
        await a_benefit(session, "points", {"kind": "birthday_gift", "gift": gift})

    async def work() -> None:
        async with database.transaction() as session:
            await due(session, await get_benefit(session, "points"), date(2026, 3, 8))

    await asyncio.gather(*(work() for _ in range(8)))

    async with database.transaction() as session:
        assert [await balances(session, one) for one in ids] == [(10, 0, 0, 0)] * 40
        assert [len(await entitlements(session, one)) for one in ids] == [1] * 40
        driver = await raw(session)
        assert await driver.fetchval("select count(*) from event where name = 'benefit.granted'") == 40
    assert clock.offset().total_seconds() == 0

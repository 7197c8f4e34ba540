"""What time does: locks lapse, coupons end, members are told some days before, each once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons.holding import due
from shuke.loyalty.coupons.testing import a_coupon, a_template, moves_of, set_clock, state_of, take
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock, events
from shuke.platform.db import Database

# Late in the evening in London, the next day in Shanghai.
START = datetime(2026, 3, 1, 20, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def people(database: Database) -> list[int]:
    set_clock(START)
    async with database.transaction() as session:
        await a_shop(session)
        return await enrolled(session, [person(name, external(name)) for name in ("Ada", "Bo")])


async def announced(database: Database, name: str) -> list[tuple[int, datetime]]:
    async with database.transaction() as session:
        rows = await session.execute(
            text("select member_id, occurred_at from event where name = :name order by member_id, id"), {"name": name}
        )
        return [tuple(row) for row in rows]


async def test_what_is_over_expires_once_at_the_instant_of_its_end(database: Database, people: list[int]):
    async with database.transaction() as session:
        template_id = await a_template(session)
        ends = [await a_coupon(session, people[0], template_id, days=days) for days in (1, 2, 30)]
        never = await a_coupon(session, people[0], template_id, days=None)
    end = START + 2 * DAY + timedelta(minutes=1)
    set_clock(end)
    counts = [await due.expire(database), await due.expire(database)]

    assert counts == [2, 0]
    async with database.transaction() as session:
        assert [await state_of(session, code) for code in (*ends, never)] == ["expired", "expired", "issued", "issued"]
        assert await moves_of(session, ends[0]) == [(1, "issued"), (2, "expired")]
        days = await session.execute(
            text("select day::text from coupon_move where kind = 'expired' order by coupon_id, move_no")
        )
        # By the shop's days in Shanghai.
        assert list(days.scalars()) == ["2026-03-03", "2026-03-04"]
    told = await announced(database, "coupon.expired")
    assert [member_id for member_id, _ in told] == [people[0], people[0]]
    assert abs(told[1][1] - end) < timedelta(minutes=2)


async def test_a_cart_keeps_what_it_locked_in_time_and_a_lapsed_lock_is_none(database: Database, people: list[int]):
    async with database.transaction() as session:
        template_id = await a_template(session)
        short, long = [await a_coupon(session, people[0], template_id, days=days) for days in (1, 30)]
        until = START + DAY + timedelta(minutes=10)
        for code in (short, long):
            assert await take(session, "locked", code, locked_until=until, cart_number="c1")
    set_clock(START + DAY + timedelta(minutes=5))
    early = [await due.release_lapsed(database), await due.expire(database)]
    set_clock(until + timedelta(seconds=1))
    late = [await due.release_lapsed(database), await due.expire(database)]

    assert (early, late) == ([0, 0], [1, 1])
    async with database.transaction() as session:
        assert [await state_of(session, code) for code in (short, long)] == ["expired", "issued"]
        assert await moves_of(session, short) == [(1, "issued"), (2, "locked"), (3, "expired")]
        assert await moves_of(session, long) == [(1, "issued"), (2, "locked"), (3, "released")]


async def test_codes_of_nobody_end_with_a_move_each_and_no_word(
    database: Database, people: list[int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(due, "_MANY", 2)
    async with database.transaction() as session:
        template_id = await a_template(session)
        codes = [await a_coupon(session, 0, template_id, days=1) for _ in range(5)]
    set_clock(START + 2 * DAY)
    counts = [await due.expire(database), await due.expire_codes(database), await due.expire_codes(database)]

    assert counts == [0, 5, 0]
    assert await announced(database, "coupon.expired") == []
    async with database.transaction() as session:
        assert {await state_of(session, code) for code in codes} == {"expired"}
        assert await moves_of(session, codes[0]) == [(1, "issued"), (2, "expired")]


async def test_two_workers_at_once_expire_each_coupon_once(
    database: Database, people: list[int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(due, "_SOME", 3)
    async with database.transaction() as session:
        template_id = await a_template(session)
        for _ in range(20):
            await a_coupon(session, people[0], template_id, days=1)
    set_clock(START + 2 * DAY)
    counts = await asyncio.gather(*(due.expire(database) for _ in range(3)))
    rest = await due.expire(database)

    assert sum(counts) + rest == 20
    assert len(await announced(database, "coupon.expired")) == 20


async def test_a_member_is_told_once_as_many_days_before_as_the_template_says(database: Database, people: list[int]):
    async with database.transaction() as session:
        early = await a_template(session, "early", issuing={"remind_days": 7})
        silent = await a_template(session, "silent")
        await a_coupon(session, people[0], early, days=20)
        await a_coupon(session, people[0], silent, days=20)
        await a_coupon(session, 0, early, days=20)
        used = await a_coupon(session, people[1], early, days=20)
        assert await take(session, "redeemed", used)
    told = []
    for number in range(21):
        set_clock(START + number * DAY + timedelta(hours=1))
        told += [number] * await due.announce(database)

    assert told == [13]
    assert [member_id for member_id, _ in await announced(database, "coupon.expiry_announced")] == [people[0]]


async def test_a_reminder_that_dies_is_told_by_the_next_and_two_at_once_tell_once(
    database: Database, people: list[int], monkeypatch: pytest.MonkeyPatch
):
    async with database.transaction() as session:
        template_id = await a_template(session, issuing={"remind_days": 7})
        for member_id in people:
            await a_coupon(session, member_id, template_id, days=3)
    publish = events.publish

    async def die(session: Any, found: Any) -> None:
        await publish(session, found)
        raise RuntimeError

    with monkeypatch.context() as dying:
        dying.setattr(events, "publish", die)
        with pytest.raises(RuntimeError):
            await due.announce(database)
    before = await announced(database, "coupon.expiry_announced")
    counts = await asyncio.gather(due.announce(database), due.announce(database))

    assert (before, sum(counts)) == ([], 2)
    assert [member_id for member_id, _ in await announced(database, "coupon.expiry_announced")] == people


async def test_everything_due_needs_no_shop(database: Database):
    clock.set_offset(timedelta(0))
    for work in (due.release_lapsed, due.end_offers, due.expire, due.expire_codes, due.announce):
        assert await work(database) == 0

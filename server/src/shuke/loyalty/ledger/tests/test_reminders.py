"""Reminders of value that will end: each once, whatever is run twice, dies half-way or comes late."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import ledger
from shuke.loyalty.ledger import reminders
from shuke.loyalty.ledger.reminders import announce
from shuke.loyalty.ledger.testing import AT, instruct, two_currencies
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock, events

TODAY = date(2026, 3, 1)
DAY = timedelta(days=1)


@pytest.fixture
async def people(database):
    on(TODAY)
    async with database.transaction() as session:
        await a_shop(session)
        await two_currencies(session)
        return await enrolled(session, [person(str(number), external(str(number))) for number in range(3)])


def on(day):
    clock.set_offset(AT + (day - TODAY) - clock.wall())


async def give(database, member_id, amount, last_day, **more):
    async with database.transaction() as session:
        await instruct(
            session, member_id, ledger.Credit(amount=amount, terms=ledger.Terms(expires_on=last_day)), **more
        )


async def do(database, member_id, act):
    async with database.transaction() as session:
        await instruct(session, member_id, act)


async def announced(database):
    async with database.transaction() as session:
        rows = await session.execute(
            text(
                "select member_id, body ->> 'currency', body ->> 'amount', body ->> 'expires_on' "
                "from event where name = 'balance.expiry_announced' order by id"
            )
        )
        return [(row[0], row[1], int(row[2]), date.fromisoformat(row[3])) for row in rows]


async def test_value_is_spoken_of_thirty_seven_and_one_days_before_its_last_day(database, people):
    last_day = TODAY + 40 * DAY
    await give(database, people[0], 100, last_day)
    told_on = []
    for number in range(45):
        on(TODAY + number * DAY)
        if await announce(database):
            told_on.append((last_day - TODAY).days - number)
        await ledger.do_due(database)

    assert told_on == [30, 7, 1]
    assert await announced(database) == [(people[0], "points", 100, last_day)] * 3


async def test_twice_in_a_day_is_once(database, people):
    await give(database, people[0], 100, TODAY + 7 * DAY)
    await give(database, people[0], 5, TODAY + 7 * DAY)
    await give(database, people[1], 20, TODAY + DAY)
    await give(database, people[1], 9, TODAY + 8 * DAY)
    await give(database, people[2], 3, TODAY + 30 * DAY, currency="growth")

    counts = [await announce(database), await announce(database)]

    assert counts == [3, 0]
    assert await announced(database) == [
        (people[0], "points", 105, TODAY + 7 * DAY),
        (people[1], "points", 20, TODAY + DAY),
        (people[2], "growth", 3, TODAY + 30 * DAY),
    ]


async def test_what_is_used_held_or_pending_is_not_spoken_of(database, people):
    last_day = TODAY + 7 * DAY
    for member_id in people:
        await give(database, member_id, 100, last_day)
    await do(database, people[0], ledger.Spend(amount=100))
    await do(database, people[1], ledger.Spend(amount=30))
    await do(database, people[1], ledger.SetAside(amount=20))
    await do(database, people[2], ledger.SetAside(amount=100))
    terms = ledger.Terms(expires_on=last_day, matures_on="parcel received")
    await do(database, people[2], ledger.Credit(amount=7, terms=terms))

    await announce(database)

    assert await announced(database) == [(people[1], "points", 50, last_day)]


async def test_a_run_that_dies_half_way_goes_on_where_it_was(database, people, monkeypatch):
    monkeypatch.setattr(reminders, "_IDS_AT_A_TIME", 1)
    for member_id in people:
        await give(database, member_id, 100, TODAY + 7 * DAY)
    publish = events.publish

    async def die(session, found):
        await publish(session, found)
        if found and found[0].member_id == people[1]:
            raise RuntimeError

    with monkeypatch.context() as dying:
        dying.setattr(events, "publish", die)
        with pytest.raises(RuntimeError):
            await announce(database)
    before = await announced(database)
    on(TODAY + DAY)
    await announce(database)

    assert [member_id for member_id, *_ in before] == people[:1]
    assert [member_id for member_id, *_ in await announced(database)] == people


async def test_two_processes_at_once_tell_once(database, people, monkeypatch):
    monkeypatch.setattr(reminders, "_IDS_AT_A_TIME", 1)
    for member_id in people:
        await give(database, member_id, 100, TODAY + DAY)

    counts = await asyncio.gather(announce(database), announce(database), announce(database))

    assert sum(counts) == 3
    assert [member_id for member_id, *_ in await announced(database)] == people


async def test_days_that_were_missed_are_made_up_for_once_with_what_is_still_to_come(database, people):
    await announce(database)
    await give(database, people[0], 1, TODAY + 8 * DAY)
    await give(database, people[0], 2, TODAY + 10 * DAY)
    await give(database, people[0], 4, TODAY + 31 * DAY)
    await give(database, people[1], 8, TODAY + 5 * DAY)
    await give(database, people[1], 16, TODAY + 4 * DAY)
    on(TODAY + 5 * DAY)

    counts = [await announce(database), await announce(database)]

    assert counts == [4, 0]
    assert await announced(database) == [
        (people[0], "points", 1, TODAY + 8 * DAY),
        (people[0], "points", 2, TODAY + 10 * DAY),
        (people[0], "points", 4, TODAY + 31 * DAY),
        (people[1], "points", 8, TODAY + 5 * DAY),
    ]


async def test_a_clock_that_is_set_back_tells_nothing_again(database, people):
    await give(database, people[0], 100, TODAY + 7 * DAY)
    await announce(database)
    on(TODAY - DAY)
    backwards = await announce(database)
    on(TODAY)

    assert (backwards, await announce(database), len(await announced(database))) == (0, 0, 1)


async def test_what_ends_by_inactivity_is_told_by_its_last_activity(database, people):
    async with database.transaction() as session:
        await session.execute(
            text("update ledger_currency set expiry = cast(:policy as jsonb) where code = 'points'"),
            {"policy": '{"kind": "inactivity", "days": 30, "resets": ["spend"]}'},
        )
    await give(database, people[0], 100, None)
    await give(database, people[1], 50, None)
    on(TODAY + 10 * DAY)
    await do(database, people[1], ledger.Spend(amount=10))
    on(TODAY + 22 * DAY)
    await announce(database)
    on(TODAY + 23 * DAY)
    await announce(database)

    assert await announced(database) == [(people[0], "points", 100, TODAY + 30 * DAY)]


async def test_an_installation_without_a_shop_tells_nobody(database):
    assert await announce(database) == 0

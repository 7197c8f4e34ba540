"""Stock and limits are exact: for one wish, for many, and for many who come at the same moment."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons import issuing
from shuke.loyalty.coupons.holding.queries import get_coupon
from shuke.loyalty.coupons.issuing import Given, Wanted, give, stock
from shuke.loyalty.coupons.testing import a_template, set_clock, states
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import clock, jobs
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session, raw

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> None:
    set_clock(NOW)


def wish(member_id: int, key: str | None = None, template: str = "ten-off", at: datetime | None = None) -> Wanted:
    return Wanted(member_id=member_id, template=template, key=key, how="staff", actor="system:0", at=at or clock.now())


async def people(session: Session, count: int) -> list[int]:
    await a_shop(session)
    return await enrolled(session, [person(None, phone(f"154{number:08}")) for number in range(count)])


def told(answers: list[Given]) -> list[str]:
    return [answer.why or answer.state for answer in answers]


async def units(session: Session, template_id: int) -> tuple[int, int, int]:
    found = await stock.count_units(session, template_id)
    return found["free"], found["taken"], found["withdrawn"]


async def claims(session: Session) -> list[tuple[int, str, int]]:
    rows = await (await raw(session)).fetch("select member_id, period, nth from coupon_claim order by 1, 2, 3")
    return [tuple(row) for row in rows]


async def coupons(session: Session) -> int:
    return int(await (await raw(session)).fetchval("select count(*) from coupon"))


async def test_a_key_gives_once_and_is_told_again(session: Session):
    (one,) = await people(session, 1)
    await a_template(session, issuing={"stock": 5, "limits": [{"most": 3}]})
    (first,) = await give(session, [wish(one, "k")])
    (again,) = await give(session, [wish(one, "k")])
    both = await give(session, [wish(one, "new"), wish(one, "new")])
    assert (first.state, again.state, again.coupon_id, again.code) == ("given", "already", first.coupon_id, first.code)
    assert told(both) == ["given", "already"]
    assert both[0].code == both[1].code
    assert len(await states(session, one)) == 2
    assert await claims(session) == [(one, "lifetime", 1), (one, "lifetime", 2)]


async def test_the_window_begins_when_it_is_issued(session: Session):
    (one,) = await people(session, 1)
    await a_template(session, terms={"discount": {"kind": "amount_off", "off_minor": 1}, "validity": {"days": 7}})
    await give(session, [wish(one, at=NOW)])
    (row,) = await (await raw(session)).fetch("select valid_from, expires_at, unit_no from coupon")
    # Noon in Shanghai: seven whole days after this one.
    assert tuple(row) == (NOW, datetime(2026, 3, 9, 16, tzinfo=UTC), None)


@pytest.mark.parametrize(("state", "why"), [("draft", "not_published"), ("paused", "paused"), ("closed", "closed")])
async def test_only_what_is_published_is_given(session: Session, state: str, why: str):
    (one,) = await people(session, 1)
    await a_template(session, state=state)
    assert told(await give(session, [wish(one), wish(one, template="none"), wish(9_999)])) == [
        why,
        "template_not_found",
        "member_not_found",
    ]
    assert await coupons(session) == 0


async def test_what_could_never_be_used_is_not_given(session: Session):
    (one,) = await people(session, 1)
    validity = {"kind": "fixed", "first_day": "2026-01-01", "last_day": "2026-03-01"}
    await a_template(session, terms={"discount": {"kind": "amount_off", "off_minor": 1}, "validity": validity})
    assert told(await give(session, [wish(one)])) == ["over"]
    assert await coupons(session) == 0


async def test_limits_count_by_the_shops_calendar(session: Session):
    (one,) = await people(session, 1)
    await a_template(session, issuing={"limits": [{"period": "day", "most": 1}, {"period": "month", "most": 3}]})
    # 23:59 and 00:01 in Shanghai, then the days after, then the next month.
    instants = [
        datetime(2026, 3, 2, 15, 59, tzinfo=UTC),
        datetime(2026, 3, 2, 15, 58, tzinfo=UTC),
        datetime(2026, 3, 2, 16, 1, tzinfo=UTC),
        datetime(2026, 3, 5, 1, tzinfo=UTC),
        datetime(2026, 3, 6, 1, tzinfo=UTC),
        datetime(2026, 3, 31, 16, tzinfo=UTC),
    ]
    answers = [(await give(session, [wish(one, at=at)]))[0] for at in instants]
    assert told(answers) == ["given", "limit_reached", "given", "given", "limit_reached", "given"]


async def test_one_set_of_wishes_keeps_limits_and_stock(session: Session):
    one, other = await people(session, 2)
    template_id = await a_template(session, issuing={"stock": 3, "limits": [{"most": 2}]})
    answers = await give(session, [wish(one), wish(one), wish(one), wish(other), wish(other)])
    assert told(answers) == ["given", "given", "limit_reached", "given", "sold_out"]
    assert await units(session, template_id) == (0, 3, 0)
    assert await claims(session) == [(one, "lifetime", 1), (one, "lifetime", 2), (other, "lifetime", 1)]


async def test_whoever_was_merged_counts_as_one(session: Session):
    one, other = await people(session, 2)
    await a_template(session, issuing={"limits": [{"most": 2}]})
    await give(session, [wish(one, "a"), wish(other, "b")])
    await (await raw(session)).execute("update member set merged_into = $1 where member_id = $2", one, other)
    answers = await give(session, [wish(one), wish(other), wish(other, "b")])
    assert told(answers) == ["limit_reached", "limit_reached", "already"]
    assert len(await states(session, one)) == 1


async def test_voiding_gives_unit_and_place_back(session: Session):
    (one,) = await people(session, 1)
    template_id = await a_template(session, issuing={"stock": 1, "limits": [{"most": 1}]})
    (given,) = await give(session, [wish(one)])
    await void(session, given)
    assert await units(session, template_id) == (1, 0, 0)
    assert await claims(session) == []
    assert told(await give(session, [wish(one)])) == ["given"]


async def void(session: Session, given: Given) -> None:
    await issuing.void(session, SYSTEM, await get_coupon(session, given.code or ""), reason="wrong")


async def test_a_smaller_stock_takes_nothing_away_and_is_kept_when_one_is_voided(session: Session):
    one, two, three = await people(session, 3)
    template_id = await a_template(session, issuing={"stock": 4})
    given = await give(session, [wish(one), wish(two), wish(three)])
    await set_stock(session, template_id, 2)
    assert await units(session, template_id) == (0, 3, 1)
    await void(session, given[0])
    assert await units(session, template_id) == (0, 2, 2)
    await void(session, given[1])
    assert await units(session, template_id) == (1, 1, 2)
    await set_stock(session, template_id, 6)
    assert await units(session, template_id) == (5, 1, 0)


async def test_what_was_given_without_a_stock_counts_when_there_is_one(session: Session):
    one, two, three = await people(session, 3)
    template_id = await a_template(session)
    await give(session, [wish(one), wish(two)])
    await set_stock(session, template_id, 3)
    assert await units(session, template_id) == (1, 0, 0)
    assert told(await give(session, [wish(three), wish(three)])) == ["given", "sold_out"]
    await set_stock(session, template_id, None)
    assert told(await give(session, [wish(three)])) == ["given"]


async def set_stock(session: Session, template_id: int, units: int | None) -> None:
    driver = await raw(session)
    issuing_now = "{}" if units is None else f'{{"stock": {units}}}'
    await driver.execute(
        "update coupon_template set issuing = $2::jsonb where template_id = $1", template_id, issuing_now
    )
    await stock.arrange(session, template_id, units)


async def test_fifty_at_once_for_the_last_place_are_one(database: Database):
    async with database.transaction() as session:
        (one,) = await people(session, 1)
        template_id = await a_template(session, issuing={"stock": 50, "limits": [{"most": 1}]})

    answers = Counter(await asyncio.gather(*(claim(database, one) for _ in range(50))))

    assert answers == {"given": 1, "limit_reached": 49}
    async with database.transaction() as session:
        assert len(await states(session, one)) == 1
        assert await units(session, template_id) == (49, 1, 0)
        assert await claims(session) == [(one, "lifetime", 1)]


async def claim(database: Database, member_id: int, key: str | None = None) -> str:
    """As a caller does: who is told that others are at it asks again."""
    while True:
        async with database.transaction() as session:
            (answer,) = await give(session, [wish(member_id, key)], waits=False)
        if answer.why != "busy":
            return answer.why or answer.state


async def test_forty_for_ten_units_leave_nothing_over(database: Database):
    async with database.transaction() as session:
        everybody = await people(session, 40)
        template_id = await a_template(session, issuing={"stock": 10, "limits": [{"most": 1}]})

    answers = Counter(await asyncio.gather(*(claim(database, one) for one in everybody)))

    assert answers == {"given": 10, "sold_out": 30}
    async with database.transaction() as session:
        assert await coupons(session) == 10
        assert await units(session, template_id) == (0, 10, 0)
        assert len(await claims(session)) == 10


async def test_a_key_that_comes_many_times_at_once_gives_one_and_keeps_no_more(database: Database):
    async with database.transaction() as session:
        (one,) = await people(session, 1)
        template_id = await a_template(session, issuing={"stock": 9, "limits": [{"most": 9}]})

    answers = Counter(await asyncio.gather(*(claim(database, one, "k") for _ in range(8))))

    assert answers == {"given": 1, "already": 7}
    async with database.transaction() as session:
        assert await units(session, template_id) == (8, 1, 0)
        assert await claims(session) == [(one, "lifetime", 1)]


async def test_who_rolls_back_leaves_the_unit_to_others(database: Database):
    async with database.transaction() as session:
        one, other, third = await people(session, 3)
        template_id = await a_template(session, issuing={"stock": 1})
    holding, let_go = asyncio.Event(), asyncio.Event()

    async def hold_and_roll_back() -> None:
        with pytest.raises(ZeroDivisionError):
            async with database.transaction() as session:
                assert told(await give(session, [wish(one)])) == ["given"]
                holding.set()
                await let_go.wait()
                raise ZeroDivisionError

    holder = asyncio.create_task(hold_and_roll_back())
    await holding.wait()
    async with database.transaction() as session:
        assert told(await give(session, [wish(other)], waits=False)) == ["busy"]
    waiting = asyncio.create_task(_give_waiting(database, third))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    let_go.set()
    await holder
    assert await waiting == ["given"]
    async with database.transaction() as session:
        assert [len(await states(session, who)) for who in (one, other, third)] == [0, 0, 1]
        assert told(await give(session, [wish(other)], waits=False)) == ["sold_out"]
        assert await units(session, template_id) == (0, 1, 0)


async def _give_waiting(database: Database, member_id: int) -> list[str]:
    async with database.transaction() as session:
        return told(await give(session, [wish(member_id)]))


async def test_a_large_stock_is_made_step_by_step(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stock, "AT_ONCE", 3)
    jobs.use(database)
    async with database.transaction() as session:
        template_id = await a_template(session)
        await set_stock(session, template_id, 8)
        assert await units(session, template_id) == (3, 0, 0)
        waiting = await (await raw(session)).fetch("select entrypoint from queue.pgqueuer")
    assert [row["entrypoint"] for row in waiting] == ["coupons.stock"]

    for _ in range(2):
        await stock.go_on({"template_id": template_id})

    jobs.use(None)
    async with database.transaction() as session:
        assert await units(session, template_id) == (8, 0, 0)


async def test_a_stock_that_shrinks_while_units_are_taken_is_exact(database: Database):
    async with database.transaction() as session:
        everybody = await people(session, 20)
        template_id = await a_template(session, issuing={"stock": 20})

    async def shrink() -> str:
        async with database.transaction() as session:
            await set_stock(session, template_id, 12)
        return "shrunk"

    answers = Counter(await asyncio.gather(*(claim(database, one) for one in everybody[:10]), shrink()))
    answers += Counter(await asyncio.gather(*(claim(database, one) for one in everybody[10:])))

    assert answers == {"given": 12, "sold_out": 8, "shrunk": 1}
    async with database.transaction() as session:
        assert await units(session, template_id) == (0, 12, 8)

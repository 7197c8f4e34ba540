"""Batches are made in chunks, stopped, gone on with, killed and taken back, and every code is there once."""

from datetime import UTC, date, datetime

import asyncpg
import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons import codes
from shuke.loyalty.coupons.batches import actions, working
from shuke.loyalty.coupons.batches.copying import copy_in
from shuke.loyalty.coupons.batches.errors import BatchState, TemplateIssuesNone, TooFewUnits
from shuke.loyalty.coupons.batches.queries import Batch, count_states, get_batch
from shuke.loyalty.coupons.issuing.errors import IssuingOver
from shuke.loyalty.coupons.testing import a_template, set_clock
from shuke.platform import clock, ids
from shuke.platform.db import Database, raw

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(working, "CHUNK", 40)
    monkeypatch.setattr(working, "_VOID_CHUNK", 30)


async def asked(database: Database, count: int = 100, *, issuing=None, state="published", **others) -> Batch:
    async with database.transaction() as session:
        await a_shop(session)
        await a_template(session, issuing=issuing, state=state)
        return await add(session, count, **others)


async def add(session, count: int, *, use_by: date | None = None, prefix: str = "") -> Batch:
    wanted = actions.Wanted(
        template="ten-off",
        name="Autumn flyer",
        kind="codes",
        count=count,
        use_by=use_by,
        asked_by="staff:1",
        details={"prefix": prefix},
    )
    return await actions.add_batch(session, wanted)


async def found(database: Database) -> list[str]:
    """Codes that are there, both as coupons and as codes."""
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch(
            "select code from coupon join coupon_code using (member_id, coupon_id, code) where state = 'issued'"
        )
        both = await (await raw(session)).fetchrow(
            "select (select count(*) from coupon) as coupons, (select count(*) from coupon_code) as codes"
        )
    assert both is not None
    assert both["coupons"] == both["codes"]
    return [row["code"] for row in rows]


async def states(database: Database, batch: Batch) -> dict[str, int]:
    async with database.transaction() as session:
        batch = await get_batch(session, batch.batch_id)
        return (await count_states(session, [batch], clock.now()))[batch.batch_id].states


async def test_a_batch_is_made_in_chunks(database: Database):
    batch = await asked(database, 100, prefix="AB")
    done = await working.work_on(database, batch.batch_id)
    assert (done.state, done.made, done.ended_at is not None) == ("done", 100, True)
    made = await found(database)
    assert len(set(made)) == 100
    assert all(ids.is_code(code, "AB", 15) for code in made)
    assert await states(database, batch) == {"issued": 100}
    again = await working.work_on(database, batch.batch_id)
    assert again == done
    assert len(await found(database)) == 100


async def test_killed_in_the_middle_of_a_chunk_it_goes_on_without_doubles(database: Database, monkeypatch):
    batch = await asked(database, 100)
    chunks = []

    async def dying(session, one, rows):
        await copy_in(session, one, rows)
        chunks.append(len(rows))
        if len(chunks) == 2:
            raise asyncpg.ConnectionDoesNotExistError("gone")

    monkeypatch.setattr(working, "copy_in", dying)
    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        await working.work_on(database, batch.batch_id)
    async with database.transaction() as session:
        left = await get_batch(session, batch.batch_id)
    assert (left.state, left.made) == ("running", 40)
    assert len(await found(database)) == 40
    done = await working.work_on(database, batch.batch_id)
    assert (done.state, done.made) == ("done", 100)
    assert len(set(await found(database))) == 100


async def test_a_code_that_is_taken_is_made_anew(database: Database, monkeypatch):
    first = await asked(database, 1)
    await working.work_on(database, first.batch_id)
    (taken,) = await found(database)
    async with database.transaction() as session:
        second = await add(session, 3)
    rounds = iter([[taken, "B", "C"], ["B", "C", "D"]])
    monkeypatch.setattr(codes, "new_codes", lambda count, prefix: next(rounds))
    done = await working.work_on(database, second.batch_id)
    assert (done.state, done.made) == ("done", 3)
    assert sorted(await found(database)) == sorted([taken, "B", "C", "D"])


async def test_codes_taken_again_and_again_stop_the_batch(database: Database, monkeypatch):
    first = await asked(database, 1)
    await working.work_on(database, first.batch_id)
    (taken,) = await found(database)
    async with database.transaction() as session:
        second = await add(session, 1)
    with monkeypatch.context() as patched:
        patched.setattr(codes, "new_codes", lambda count, prefix: [taken])
        stopped = await working.work_on(database, second.batch_id)
    assert (stopped.state, stopped.made, stopped.details["error"]["code"]) == ("stopped", 0, "coupons.batch_collides")
    async with database.transaction() as session:
        await actions.resume_batch(session, second.batch_id)
    assert (await working.work_on(database, second.batch_id)).state == "done"
    assert len(await found(database)) == 2


async def test_stopped_it_keeps_what_was_made_and_goes_on_when_asked(database: Database, monkeypatch):
    batch = await asked(database, 100)
    with monkeypatch.context() as patched:
        patched.setattr(working, "_make_some", _stop_after(database, working._make_some, 2))
        stopped = await working.work_on(database, batch.batch_id)
    assert (stopped.state, stopped.made) == ("stopped", 80)
    assert len(await found(database)) == 80
    async with database.transaction() as session:
        with pytest.raises(BatchState):
            await actions.stop_batch(session, batch.batch_id)
    async with database.transaction() as session:
        await actions.resume_batch(session, batch.batch_id)
    assert (await working.work_on(database, batch.batch_id)).made == 100
    assert len(set(await found(database))) == 100


def _stop_after(database: Database, make_some, chunks: int):
    left = iter(range(chunks, 0, -1))

    async def make(one_database, batch):
        more = await make_some(one_database, batch)
        if next(left) == 1:
            async with database.transaction() as session:
                await actions.stop_batch(session, batch.batch_id)
        return more

    return make


async def test_a_batch_is_taken_back_but_for_what_was_used(database: Database):
    batch = await asked(database, 100, issuing={"stock": 100})
    await working.work_on(database, batch.batch_id)
    async with database.transaction() as session:
        await (await raw(session)).execute(
            "update coupon set state = 'redeemed' where coupon_id in (select min(coupon_id) from coupon)"
        )
    async with database.transaction() as session:
        await actions.void_batch(session, batch.batch_id, "leaked")
    voided = await working.work_on(database, batch.batch_id)
    assert voided.state == "voided"
    assert await states(database, batch) == {"redeemed": 1, "void": 99, "issued": 0}
    async with database.transaction() as session:
        driver = await raw(session)
        moves = await driver.fetch("select kind, reason, count(*) from coupon_move group by kind, reason")
        assert [tuple(row) for row in moves] == [("voided", "leaked", 99)]
        assert await driver.fetchval("select count(*) from coupon_unit where state = 'free'") == 99
        assert await driver.fetchval("select count(*) from event where name = 'coupon.voided'") == 99


async def test_codes_take_units_of_a_limited_stock_all_or_nothing(database: Database):
    batch = await asked(database, 60, issuing={"stock": 100})
    async with database.transaction() as session:
        second = await add(session, 60)
    await working.work_on(database, batch.batch_id)
    stopped = await working.work_on(database, second.batch_id)
    # 40 fit into the first chunk; the other 20 find nothing, and are told of.
    assert (stopped.state, stopped.made, stopped.details["error"]["code"]) == ("stopped", 40, "coupons.too_few_units")
    assert len(await found(database)) == 100
    async with database.transaction() as session:
        with pytest.raises(TooFewUnits):
            await add(session, 1)


@pytest.mark.parametrize("state", ["draft", "paused", "closed"])
async def test_only_published_templates_have_codes_made(database: Database, state: str):
    with pytest.raises(TemplateIssuesNone):
        await asked(database, state=state)
    async with database.transaction() as session:
        assert await (await raw(session)).fetchval("select count(*) from coupon_batch") == 0


async def test_use_by_ends_codes_and_what_is_over_counts_as_expired(database: Database):
    set_clock(datetime(2026, 3, 1, 12, tzinfo=UTC))
    batch = await asked(database, 10, use_by=date(2026, 3, 31))
    await working.work_on(database, batch.batch_id)
    assert batch.details["expires_at"] == "2026-03-31T16:00:00+00:00"
    assert await states(database, batch) == {"issued": 10}
    set_clock(datetime(2026, 3, 31, 16, tzinfo=UTC))
    assert await states(database, batch) == {"expired": 10}


async def test_codes_that_are_over_before_they_begin_are_not_made(database: Database):
    with pytest.raises(IssuingOver):
        await asked(database, 10, use_by=date(2020, 1, 1))
    async with database.transaction() as session:
        assert await (await raw(session)).fetchval("select count(*) from coupon_batch") == 0

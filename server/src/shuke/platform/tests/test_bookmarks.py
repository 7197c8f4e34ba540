"""Bookmarks move with the step, and keep the next one waiting."""

import asyncio

import pytest

from shuke.platform import bookmarks


async def test_a_bookmark_begins_empty_and_stays_where_it_was_put(database):
    async with database.transaction() as session:
        assert await bookmarks.lock(session, "work") == {}
        await bookmarks.move(session, "work", {"behind": 5})

    async with database.transaction() as session:
        assert await bookmarks.lock(session, "work") == {"behind": 5}
        assert await bookmarks.lock(session, "other") == {}


async def test_a_step_that_fails_moves_nothing(database):
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            await bookmarks.lock(session, "work")
            await bookmarks.move(session, "work", {"behind": 5})
            raise RuntimeError

    async with database.transaction() as session:
        assert await bookmarks.lock(session, "work") == {}


async def test_steps_begun_at_once_are_done_one_after_the_other(database):
    async def step():
        async with database.transaction() as session:
            place = await bookmarks.lock(session, "work")
            await asyncio.sleep(0.02)
            await bookmarks.move(session, "work", {"steps": place.get("steps", 0) + 1})

    await asyncio.gather(*(step() for _ in range(8)))

    async with database.transaction() as session:
        assert await bookmarks.lock(session, "work") == {"steps": 8}

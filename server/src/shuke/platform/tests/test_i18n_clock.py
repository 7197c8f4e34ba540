"""Languages, and the shop's clock that every process shares."""

from datetime import UTC, datetime, timedelta

import pytest

from shuke.platform import clock, shop_clock
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName, choose_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("en", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr-FR, en-GB;q=0.5, zh;q=0.4", "en"),
        ("fr", "zh"),
        ("en;q=0", "zh"),
        ("en;q=nonsense", "zh"),
        (",;=,q=,", "zh"),
    ],
)
def test_the_language_that_the_caller_likes_best(header: str | None, language: str) -> None:
    assert choose_language(header, "zh") == language


def test_a_local_name_knows_both() -> None:
    name = LocalName("金卡", "Gold")

    assert (name.pick("zh"), name.pick("en")) == ("金卡", "Gold")


@pytest.mark.anyio
async def test_a_set_clock_runs_on_in_every_process_and_can_be_set_back(database: Database) -> None:
    day = datetime(2011, 12, 9, 12, tzinfo=UTC)
    async with database.transaction() as session:
        await shop_clock.set_to(session, day)
    clock.set_offset(timedelta(0))

    async with database.transaction() as session:
        await shop_clock.load(session)
    assert abs(clock.now() - day) < timedelta(minutes=1)

    async with database.transaction() as session:
        await shop_clock.set_back_to_wall(session)
        assert await shop_clock.load(session) == timedelta(0)
    assert abs(clock.now() - clock.wall()) < timedelta(seconds=1)

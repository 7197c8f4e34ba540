"""`shuke event` on a real database: one activity, a file, the same file again."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from shuke.loyalty import checkout
from shuke.loyalty.checkout.activities.testing import a_rule, an_activity
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.main import event_commands
from shuke.main.cli import app
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio


@pytest.fixture
async def shop(client: Any, database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A shop with two members and ten points for each check-in, which the command finds as its installation."""
    set_shop_clock(datetime(2026, 3, 2, 4, tzinfo=UTC))
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
        await a_rule(session, "check_in")
        await enrolled(session, [person("王芳", phone("15400000001")), person("李雷", phone("15400000002"))])

    @asynccontextmanager
    async def opened(_: Any) -> AsyncIterator[SimpleNamespace]:
        own = Database(database.url)
        yield SimpleNamespace(database=own)
        await own.close()

    monkeypatch.setattr(event_commands, "open_installation", opened)
    return database


async def run(*words: str) -> Result:
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, ["event", *words]))


async def points(database: Database) -> list[int]:
    async with database.transaction() as session:
        return list(
            (await session.execute(text("select points_available from member_summary order by member_id"))).scalars()
        )


async def test_one_activity_is_recorded_and_says_what_it_earned(shop: Database) -> None:
    words = ("check_in", "--member", "phone:15400000001", "--key", "k1", "--at", "2026-03-01T12:00:00+08:00")

    first = await run(*words)
    again = await run(*words)

    assert first.exit_code == 0, first.output
    assert first.output.startswith("Recorded: activity ")
    assert "earned 10 points" in first.output
    assert again.output.startswith("Recorded before: activity ")
    assert await points(shop) == [10, 0]


@pytest.mark.parametrize(
    "words",
    [
        ("check_in", "--key", "k1"),
        ("check_in", "--member", "phone:15400000009", "--key", "k1"),
        ("dance", "--member", "phone:15400000001", "--key", "k1"),
        ("check_in", "--member", "phone:15400000001", "--key", "k1", "--at", "yesterday"),
        ("check_in", "--member", "phone:15400000001", "--key", "k1", "--payload", "{"),
        ("--file", "nothing.jsonl"),
    ],
)
async def test_what_cannot_be_ends_with_an_error_and_writes_nothing(shop: Database, words: tuple[str, ...]) -> None:
    result = await run(*words)

    assert result.exit_code in {1, 2}
    assert await points(shop) == [0, 0]


async def test_a_file_is_recorded_and_what_is_refused_comes_back(shop: Database, tmp_path: Path) -> None:
    lines = [json.dumps(an_activity(str(number), member=f"phone:1540000000{1 + number % 2}")) for number in range(250)]
    bad = [json.dumps(an_activity("x", member="phone:15400000009")), "{", json.dumps({"kind": "check_in"})]
    file = tmp_path / "activities.jsonl"
    file.write_text("\n".join([*lines, *bad, ""]), encoding="utf-8")

    first = await run("--file", str(file))
    again = await run("--file", str(file), "--rejects", str(tmp_path / "refused.jsonl"))

    assert (first.exit_code, again.exit_code) == (1, 1)
    assert await points(shop) == [1_250, 1_250]
    handed_back = [json.loads(line) for line in (tmp_path / "refused.jsonl").read_text("utf-8").splitlines()]
    assert [one["code"] for one in handed_back] == ["members.not_found", "unreadable", "unreadable"]
    assert [one["line"] for one in handed_back] == bad

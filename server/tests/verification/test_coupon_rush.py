"""A small rush against real web processes, one of them killed; the longer one: `python -m verification.coupons`."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from verification.coupons.ground import running_ground
from verification.coupons.judging import judge
from verification.coupons.rounds import Plan, play
from verification.coupons.shoppers import Heard

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own: the database's user may pass through, and pytest closes its folders to others.
    made = Path(tempfile.mkdtemp(prefix="shuke-rush-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.timeout(900)
async def test_exactly_as_many_hold_a_coupon_as_there_are_units(folder: Path):
    async with running_ground(folder, members=120, processes=2) as ground:
        calm = await play(ground, "calm", Plan(stock=30, attempts_each=10, connections=40), seed=1)
        killed = await play(ground, "killed", Plan(stock=90, attempts_each=4, connections=40, faults=("kill",)), seed=2)
        enough = await play(ground, "enough", Plan(stock=200, attempts_each=2, connections=40), seed=3)
        single = [
            await play(ground, f"single-{number}", Plan(stock=1, attempts_each=1, connections=100), seed=number)
            for number in range(5)
        ]
        async with ground.database.transaction() as session:
            # The judgement can fail: of a template that nobody came for, nothing was told.
            untrue = await judge(session, 1, Heard(), stock=30, wanting=120)

    assert [one.wrong for one in (calm, killed, enough, *single)] == [[]] * 8
    assert killed.struck == ["kill"]
    assert calm.heard.new == 30
    assert len(enough.heard.holders) == 120
    assert untrue == [
        "30 coupons are held by somebody who was never told",
        "those who were told that they have one are others than those who have one",
    ]

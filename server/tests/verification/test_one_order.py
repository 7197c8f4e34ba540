"""One order, paid at thirty tills at once, has one effect; the longer run: `python -m verification.one_order`."""

import os

import httpx
import pytest

from benchmarks.common import OPENING
from shuke.loyalty import checkout, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.platform.db import Database
from verification.one_order.__main__ import begin, counted, play

pytestmark = pytest.mark.anyio
ROUNDS = int(os.environ.get("SHUKE_ONE_ORDER_ROUNDS", "3"))


@pytest.mark.timeout(600)
async def test_30_commits_of_one_order_with_points_have_one_effect_round_by_round(
    client: httpx.AsyncClient, database: Database
) -> None:
    set_shop_clock(OPENING)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")

    balance = await begin(client, ROUNDS)
    wrong = await play(client, ROUNDS, 30, balance)

    assert wrong == []
    assert await counted(database, ROUNDS) == []
    assert (await ledger.verify_ledger(database)).ok

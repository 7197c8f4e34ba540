"""What an erased member leaves: no points that anybody owes, a ledger that verifies, and no way back."""

from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.people import rights
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


async def test_the_points_of_the_erased_are_owed_no_more(client: httpx.AsyncClient, database: Database) -> None:
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    ids = []
    for number in (1, 2):
        made = await client.post("/v1/members", json={"phone": f"1540000000{number}"})
        ids.append(made.json()["id"])
        body = {"member": str(ids[-1]), "currency": "points", "amount": 100 * number}
        await client.post("/v1/ledger/credits", json=body, headers={"Idempotency-Key": f"c{number}"})
    merge = await client.post("/v1/merges", json={"absorbed": str(ids[0]), "survivor": str(ids[1]), "reason": "同一人"})

    async with database.transaction() as session:
        await rights.erase_person(session, ids[1], because="request", request_id=None, actor="staff:1")

    async with database.transaction() as session:
        left = await session.execute(text("select sum(available), max(version) from ledger_account"))
        assert tuple(left.one()) == (0, 3)
    assert (await ledger.verify_ledger(database)).ok
    undone = await client.post(f"/v1/merges/{merge.json()['id']}/undo", json={"reason": "看错了"})
    assert undone.status_code in (404, 409)
    async with database.transaction() as session:
        assert (await session.execute(text("select sum(available) from ledger_account"))).scalar_one() == 0

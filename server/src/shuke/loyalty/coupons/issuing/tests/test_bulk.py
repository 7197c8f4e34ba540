"""A coupon for members who were picked in a list: once each, within stock and limits, whatever dies."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from shuke.loyalty.coupons.testing import a_template, set_clock
from shuke.people import members
from shuke.people.bulk.testing import Killed, die_at, running
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import jobs
from shuke.platform.db import Database, raw


@pytest.fixture(autouse=True)
async def _jobs(database: Database) -> Any:
    set_clock(datetime(2026, 3, 2, 4, tzinfo=UTC))
    jobs.use(database)
    yield
    jobs.use(None)


async def set_up(database: Database, count: int, **issuing: Any) -> list[int]:
    async with database.transaction() as session:
        everybody = await enrolled(session, [person(None, phone(f"154{number:08}")) for number in range(count)])
        await a_template(session, issuing=issuing)
        return everybody


def giving(ids: list[int], **more: Any) -> dict[str, Any]:
    whom = [str(one) for one in ids]
    return {"action": "coupon", "parameters": {"template": "ten-off"}, "members": whom, "reason": "店庆", **more}


async def holders(database: Database) -> list[int]:
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch("select member_id from coupon order by member_id, coupon_id")
    return [row["member_id"] for row in rows]


async def test_each_is_given_one_though_the_process_dies(client, database, monkeypatch):
    ids = await set_up(database, 5)
    async with database.transaction() as session:
        await members.set_status(session, ids[:1], "frozen")
    monkeypatch.setattr(running, "AT_A_TIME", 2)
    told = (await client.post("/v1/bulk-acts/preview", json=giving(ids))).json()
    act = (await client.post("/v1/bulk-acts", json=giving(ids, members_seen=4))).json()
    die_at(monkeypatch, 2)

    with pytest.raises(Killed):
        await running.run({"bulk_id": act["id"]})
    await running.run({"bulk_id": act["id"]})
    async with database.transaction() as session:
        # A note that was lost: the coupons bear the act's key.
        await session.execute(text("update bulk_act set state = 'running', after_id = 0"))
        await session.execute(text("update bulk_member set state = 'waiting'"))
    await running.run({"bulk_id": act["id"]})

    assert (told["doing"], told["skips"][0]["why"]) == (4, "member_not_active")
    assert await holders(database) == ids[1:]


async def test_limits_hold_for_each(client, database):
    ids = await set_up(database, 3, limits=[{"most": 1}])
    first = (await client.post("/v1/bulk-acts", json=giving(ids[:1], members_seen=1))).json()
    await running.run({"bulk_id": first["id"]})
    second = (await client.post("/v1/bulk-acts", json=giving(ids, members_seen=3))).json()

    await running.run({"bulk_id": second["id"]})

    assert await holders(database) == ids
    done = (await client.get(f"/v1/bulk-acts/{second['id']}")).json()
    assert (done["done"], [one["why"] for one in done["skips"]]) == (2, ["limit_reached"])


async def test_templates_that_give_nothing_are_refused(client, database):
    ids = await set_up(database, 1)
    body = {**giving(ids), "parameters": {"template": "nothing"}}

    assert (await client.post("/v1/bulk-acts/preview", json=body)).json()["code"] == "coupons.template_not_found"
    assert await holders(database) == []

"""What a new shop does first: each step knows by itself whether it is done."""

import httpx
from fastapi import FastAPI
from sqlalchemy import text

from shuke.loyalty import checkout, earning
from shuke.loyalty.earning.testing import fixed
from shuke.main.testing import signed_in
from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Database
from shuke.platform.i18n import LocalName

STEPS = ["import", "rule", "tiers", "team", "till", "notice"]


async def done(client: httpx.AsyncClient) -> list[str]:
    body = (await client.get("/v1/checklist")).json()
    assert [item["key"] for item in body["items"]] == STEPS
    return [item["key"] for item in body["items"] if item["is_done"]]


async def test_a_new_shop_has_done_nothing_although_it_begins_with_a_programme(
    client: httpx.AsyncClient, database: Database
):
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")

    assert await done(client) == []
    assert (await client.get("/v1/checklist")).json()["is_demo"] is False


async def test_each_step_is_done_when_it_has_been_taken(client: httpx.AsyncClient, app: FastAPI, database: Database):
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")

    async with signed_in(app, database, role="viewer"):
        assert await done(client) == ["team"]

    await client.post("/v1/stores", json={"code": "north", "name": "North"})
    assert await done(client) == ["team"], "a store without a till sells on paper"
    async with database.transaction() as session:
        await session.execute(text("insert into order_source (code) values ('till')"))
    assert await done(client) == ["team", "till"], "the program's own till has sold"
    async with database.transaction() as session:
        await session.execute(text("delete from order_source"))
    assert await done(client) == ["team"]
    async with database.transaction() as session:
        await session.execute(
            text(
                "insert into api_key (name, scopes, addresses, must_sign, created_by, created_at, last_address) "
                "values ('till', array['orders.write'], array[]::text[], false, 'staff:1', now(), '')"
            )
        )
    assert await done(client) == ["team", "till"]

    async with database.transaction() as session:
        await earning.publish_definition(
            session,
            code="welcome",
            name=LocalName("欢迎", "Welcome"),
            definition={"activity": "order_paid", "branches": [{"when": None, "effects": [fixed(5)]}]},
            effective_from=clock.now(),
            actor=Actor(kind="staff", id=1),
        )
        await session.execute(text("update tier_scheme set version = 2"))
    assert await done(client) == ["rule", "tiers", "team", "till"]


async def test_a_demonstration_says_so(client: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        await session.execute(text("update shop set is_demo = true"))

    assert (await client.get("/v1/checklist")).json()["is_demo"] is True


async def test_everybody_sees_the_steps_that_they_may_take(viewer: httpx.AsyncClient, anonymous: httpx.AsyncClient):
    assert (await viewer.get("/v1/checklist")).json()["items"] == []
    assert (await anonymous.get("/v1/checklist")).status_code == 401

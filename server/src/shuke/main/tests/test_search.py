"""One search over everything: what is found, by whom, and by whom not."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from shuke.commerce.orders.testing import stored
from shuke.foundation import organization
from shuke.foundation.organization.testing import an_employee, narrowed
from shuke.loyalty.coupons.testing import a_coupon, a_template
from shuke.main.testing import signed_in
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database

GROUPS = ("members", "orders", "coupons", "templates", "products", "employees", "stores")


async def found(client: httpx.AsyncClient, q: str) -> dict[str, Any]:
    answer = await client.get("/v1/search", params={"q": q})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def hits(body: dict[str, Any]) -> dict[str, int]:
    return {group: len(body[group]) for group in GROUPS if body[group]}


@pytest.fixture
async def coupon(app: FastAPI, database: Database) -> str:
    """A small shop in which everything can be found; the code of its coupon."""
    async with database.transaction() as session:
        stores = await organization.ensure_stores(
            session,
            [organization.NewStore(code="north", name="城北店"), organization.NewStore(code="south", name="城南店")],
        )
        await an_employee(session, "N-7", store="north", name="周倩")
        mei, lin = await enrolled(
            session, [person("李小梅", phone("15400000001")), person("林大海", phone("15400000002"))]
        )
        await stored(session, "NB-1001", [("MUG-1", "1", "10")], member_id=mei, store_id=stores["north"])
        await stored(session, "SB-2002", member_id=lin, store_id=stores["south"])
        template = await a_template(session, "ten-off")
        return await a_coupon(session, mei, template)


@pytest.mark.parametrize("q", ["李小梅", "lixiaomei", "lxm", "15400000001", "0001"])
async def test_a_member_is_found_by_name_pinyin_and_phone(client: httpx.AsyncClient, coupon: str, q: str):
    body = await found(client, q)

    assert hits(body) == {"members": 1}
    assert (body["members"][0]["name"], body["members"][0]["phone"]) == ("李*梅", "154****0001")
    assert body["more"] == []


@pytest.mark.parametrize("q", ["NB-1001", "nb-1001", " nb-10 "])
async def test_an_order_is_found_by_its_number_as_tills_print_it_or_as_people_type_it(
    client: httpx.AsyncClient, coupon: str, q: str
):
    body = await found(client, q)

    assert hits(body) == {"orders": 1}
    order = body["orders"][0]
    assert (order["number"], order["kind"], order["member"]) == ("NB-1001", "sale", "李*梅")
    assert (order["net_minor"], order["currency"]) == (1_000, "CNY")


async def test_a_coupon_is_found_by_the_beginning_of_its_code_and_what_it_is_made_of_by_name(
    client: httpx.AsyncClient, coupon: str
):
    by_code = await found(client, coupon[:8].lower())
    by_name = await found(client, "ten-off")

    assert hits(by_code) == {"coupons": 1}
    assert (by_code["coupons"][0]["code"], by_code["coupons"][0]["member"]) == (coupon, "李*梅")
    assert by_code["coupons"][0]["state"] == "issued"
    assert hits(by_name) == {"templates": 1}


async def test_products_stores_and_employees_are_found_by_code_and_name(client: httpx.AsyncClient, coupon: str):
    assert hits(await found(client, "mug")) == {"products": 1}
    assert hits(await found(client, "城北")) == {"stores": 1}
    by_name = await found(client, "周倩")

    assert hits(by_name) == {"employees": 1}
    assert by_name["employees"][0] | {"id": 0} == {
        "id": 0,
        "code": "N-7",
        "name": "周倩",
        "store": "城北店",
        "state": "active",
    }


@pytest.mark.parametrize("q", ["999999999999999", "XX-404", "zzzzzz", "%", "_", "'", "", "  ", "\u202e", "🧧"])
async def test_what_is_nobodys_gives_nothing(client: httpx.AsyncClient, coupon: str, q: str):
    body = await found(client, q)

    assert (hits(body), body["more"]) == ({}, [])


async def test_a_group_shows_five_and_says_that_there_are_more(client: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        for number in range(1, 8):
            await stored(session, f"T-{number}", [(f"CUP-{number}", "1", "10")])

    body = await found(client, "T-")
    cups = await found(client, "CUP")

    assert hits(body) == {}, "a number has a digit"
    assert (hits(cups), cups["more"]) == ({"products": 5}, ["products"])


async def test_each_group_needs_its_permission(app: FastAPI, database: Database, coupon: str):
    async with signed_in(app, database, role="viewer") as viewer:
        async with database.transaction() as session:
            await session.execute(
                text("update staff_role set permissions = array['orders.read', 'stores.read'] where code = 'viewer'")
            )
        seen = {q: hits(await found(viewer, q)) for q in ("李小梅", "NB-1001", coupon, "MUG-1", "周倩", "城北")}

    assert seen == {"李小梅": {}, "NB-1001": {"orders": 1}, coupon: {}, "MUG-1": {}, "周倩": {}, "城北": {"stores": 1}}


async def test_who_sees_one_store_finds_what_is_of_that_store(app: FastAPI, database: Database, coupon: str):
    async with signed_in(app, database, role="administrator") as admin:
        stores = {one["code"]: one["id"] for one in (await admin.get("/v1/stores")).json()["items"]}
    async with signed_in(app, database, role="viewer") as viewer:
        async with database.transaction() as session:
            await narrowed(session, role="viewer", stores=[stores["south"]])
        seen = {q: hits(await found(viewer, q)) for q in ("李小梅", "NB-1001", "SB-2002", coupon, "周倩")}

    assert seen == {"李小梅": {}, "NB-1001": {}, "SB-2002": {"orders": 1}, coupon: {}, "周倩": {}}


async def test_nobody_searches_without_signing_in(anonymous: httpx.AsyncClient):
    assert (await anonymous.get("/v1/search", params={"q": "a"})).status_code == 401


async def test_a_text_that_cannot_be_stored_is_refused(client: httpx.AsyncClient):
    assert (await client.get("/v1/search", params={"q": "a\x00b"})).status_code == 422
    assert (await client.get("/v1/search", params={"q": "a" * 101})).status_code == 422
    assert (await client.get("/v1/search")).status_code == 422

"""Regions, stores, employees and the shop's names over HTTP."""

import asyncio

import httpx
from fastapi import FastAPI

from shuke.foundation.organization.testing import an_employee, narrowed
from shuke.main.testing import signed_in
from shuke.platform.db import Database


async def added(client: httpx.AsyncClient, path: str, **body: object) -> int:
    answer = await client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


async def test_a_store_is_added_changed_closed_and_opened_again(client: httpx.AsyncClient) -> None:
    region = await added(client, "/v1/regions", code="EAST", name="华东")
    store = await added(client, "/v1/stores", code="SH01", name="南京西路店", region_id=region, address="南京西路 1 号")

    changed = await client.patch(
        f"/v1/stores/{store}", json={"name": "静安店", "address": "", "opening_hours": "10-22"}
    )
    closed = await client.post(f"/v1/stores/{store}/close")
    opened = await client.post(f"/v1/stores/{store}/reopen")

    assert changed.json() == {
        "id": store,
        "code": "SH01",
        "name": "静安店",
        "country": None,
        "region_id": region,
        "status": "open",
        "address": None,
        "opening_hours": "10-22",
        "closed_on": None,
    }
    assert (closed.json()["status"], closed.json()["closed_on"] is not None) == ("closed", True)
    assert (opened.json()["status"], opened.json()["closed_on"]) == ("open", None)
    assert (await client.get("/v1/stores")).json()["items"] == [opened.json()]


async def test_a_code_is_never_given_twice(client: httpx.AsyncClient) -> None:
    await added(client, "/v1/stores", code="A", name="A")

    again = await client.post("/v1/stores", json={"code": "A", "name": "B"})

    assert (again.status_code, again.json()["code"]) == (409, "organization.code_taken")
    assert [item["name"] for item in (await client.get("/v1/stores")).json()["items"]] == ["A"]


async def test_a_region_never_lies_in_itself_and_goes_only_when_empty(client: httpx.AsyncClient) -> None:
    top = await added(client, "/v1/regions", code="CN", name="全国")
    below = await added(client, "/v1/regions", code="EAST", name="华东", parent_id=top)
    await added(client, "/v1/stores", code="A", name="A", region_id=below)

    round_about = await client.patch(f"/v1/regions/{top}", json={"parent_id": below})
    kept = [await client.delete(f"/v1/regions/{one}") for one in (top, below)]

    assert (round_about.status_code, round_about.json()["code"]) == (422, "regions.goes_round")
    assert [answer.json()["code"] for answer in kept] == ["regions.not_empty"] * 2
    parents = {item["id"]: item["parent_id"] for item in (await client.get("/v1/regions")).json()["items"]}
    assert parents == {top: None, below: top}


async def test_two_moves_at_once_never_close_a_circle(client: httpx.AsyncClient) -> None:
    for turn in range(5):
        one = await added(client, "/v1/regions", code=f"A{turn}", name="A")
        two = await added(client, "/v1/regions", code=f"B{turn}", name="B")

        answers = await asyncio.gather(
            client.patch(f"/v1/regions/{one}", json={"parent_id": two}),
            client.patch(f"/v1/regions/{two}", json={"parent_id": one}),
        )

        assert sorted(answer.status_code for answer in answers) == [200, 422]


async def test_somebody_joins_leaves_and_comes_back(client: httpx.AsyncClient) -> None:
    store = await added(client, "/v1/stores", code="A", name="A")
    person = await added(
        client, "/v1/employees", code="E1", name="李敏", title="导购", store_id=store, joined_on="2026-03-01"
    )

    too_early = await client.post(f"/v1/employees/{person}/leave", json={"left_on": "2026-02-28"})
    left = await client.post(f"/v1/employees/{person}/leave", json={"left_on": "2026-10-31"})
    gone = (await client.get("/v1/employees?state=left&q=李")).json()["items"]
    back = await client.post(f"/v1/employees/{person}/return")

    assert (too_early.status_code, too_early.json()["code"]) == (422, "employees.bad_days")
    assert gone == [left.json()]
    assert left.json() == back.json() | {"state": "left", "left_on": "2026-10-31"}
    assert (await client.get("/v1/employees?state=left")).json()["items"] == []


async def test_what_is_unknown_is_not_found(client: httpx.AsyncClient) -> None:
    asked = [
        await client.get("/v1/stores/99"),
        await client.patch("/v1/stores/99", json={"name": "x"}),
        await client.patch("/v1/regions/99", json={"name": "x"}),
        await client.get("/v1/employees/99"),
        await client.post("/v1/employees", json={"code": "a", "name": "a", "store_id": 99}),
        await client.post("/v1/stores", json={"code": "a", "name": "a", "region_id": 99}),
    ]

    assert [answer.json()["code"] for answer in asked] == [
        "stores.not_found",
        "stores.not_found",
        "regions.not_found",
        "employees.not_found",
        "stores.not_found",
        "regions.not_found",
    ]
    assert {answer.status_code for answer in asked} == {404}


async def test_who_sees_one_store_sees_its_people_alone(app: FastAPI, database: Database) -> None:
    async with database.transaction() as session:
        here = await an_employee(session, "E1", store="A")
        there = await an_employee(session, "E2", store="B")

    async with signed_in(app, database, role="viewer") as browser:
        everybody = (await browser.get("/v1/employees")).json()["items"]
        async with database.transaction() as session:
            await narrowed(session, role="viewer", stores=[here.store_id or 0])
        seen = (await browser.get("/v1/employees")).json()["items"]
        foreign = await browser.get(f"/v1/employees/{there.id}")

    assert [item["id"] for item in everybody] == [here.id, there.id]
    assert [item["id"] for item in seen] == [here.id]
    assert foreign.status_code == 404


async def test_the_shop_changes_its_names_and_nothing_else(client: httpx.AsyncClient) -> None:
    before = (await client.get("/v1/shop")).json()

    changed = await client.patch("/v1/shop", json={"name_zh": "山茶", "programme_en": "Camellia club"})
    refused = await client.patch("/v1/shop", json={"time_zone": "Europe/London"})

    assert changed.json() == before | {
        "name": {"zh": "山茶", "en": "Test shop"},
        "programme": {"zh": "测试会员", "en": "Camellia club"},
    }
    assert (refused.status_code, refused.json()["code"]) == (409, "organization.time_zone_fixed")
    assert (await client.get("/v1/shop")).json() == changed.json()

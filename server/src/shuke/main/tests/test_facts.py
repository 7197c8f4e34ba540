"""The catalogue of facts and the check of conditions over HTTP."""

import json

import httpx
from fastapi import FastAPI
from sqlalchemy import text

from shuke.main.testing import signed_in
from shuke.platform.db import Database

GROUP = {"combinator": "and", "rules": [{"id": "x", "field": "order.amount", "operator": ">=", "value": 10_000}]}


async def test_the_catalogue_names_each_fact_with_its_operators_and_choices(
    client: httpx.AsyncClient, database: Database
):
    async with database.transaction() as session:
        await session.execute(text("insert into store (code, name, status) values ('s1', 'One', 'open')"))

    answer = await client.get("/v1/facts", params={"scope": "earning"})

    assert answer.status_code == 200
    body = answer.json()
    by_name = {fact["name"]: fact for fact in body["items"]}
    assert (body["money"], body["deepest"], body["most_rules"]) == ("CNY", 8, 200)
    assert {fact["name"] for fact in body["items"]} >= {"member.tier", "member.points", "order.amount", "time.weekday"}
    assert not [name for name in by_name if name.startswith("line.")]
    assert by_name["order.store"]["choices"] == [{"value": "s1", "label": {"zh": "One", "en": "One"}}]
    assert by_name["member.store"]["choices"] == by_name["order.store"]["choices"]
    assert by_name["order.is_first"]["operators"] == [
        {"name": "=", "label": {"zh": "等于", "en": "is"}, "wants": "one"},
        {"name": "!=", "label": {"zh": "不等于", "en": "is not"}, "wants": "one"},
        {"name": "null", "label": {"zh": "为空", "en": "is empty"}, "wants": "none"},
        {"name": "notNull", "label": {"zh": "不为空", "en": "is not empty"}, "wants": "none"},
    ]
    assert [argument["name"] for argument in by_name["history.product_orders"]["arguments"]] == ["product", "days"]
    assert (by_name["time.hour"]["low"], by_name["time.hour"]["high"]) == (0, 23)


async def test_each_scope_has_facts_of_its_own(client: httpx.AsyncClient):
    names = {}
    for scope in ("members", "earning", "lines"):
        answer = await client.get("/v1/facts", params={"scope": scope})
        names[scope] = {fact["name"] for fact in answer.json()["items"]}

    assert "member.gender" not in names["members"]
    assert "order.amount" not in names["members"]
    assert names["members"] < names["earning"] < names["lines"]
    assert (await client.get("/v1/facts", params={"scope": "moon"})).status_code == 422


async def test_a_condition_is_said_in_the_callers_language(client: httpx.AsyncClient):
    chinese = {"Accept-Language": "zh-CN"}

    english = await client.post("/v1/conditions/check", json={"scope": "earning", "condition": GROUP})
    told = await client.post("/v1/conditions/check", json={"scope": "earning", "condition": GROUP}, headers=chinese)
    read = await client.get(
        "/v1/conditions/sentence", params={"scope": "earning", "condition": json.dumps(GROUP)}, headers=chinese
    )

    assert english.json() == {
        "sentence": "goods value of the order is at least ¥100.00",
        "condition": {
            "combinator": "and",
            "not": False,
            "rules": [{"field": "order.amount", "operator": ">=", "value": 10_000}],
        },
        "facts": ["order.amount"],
    }
    assert told.json()["sentence"] == "订单商品金额不少于 ¥100.00"
    assert read.json() == told.json()


async def test_what_is_wrong_is_named_by_its_place(client: httpx.AsyncClient):
    wrong = {"combinator": "and", "rules": [{"field": "time.hour", "operator": "between", "value": [5, 3]}]}

    checked = await client.post("/v1/conditions/check", json={"scope": "earning", "condition": wrong})
    told = await client.get("/v1/conditions/sentence", params={"scope": "earning", "condition": json.dumps(wrong)})
    no_json = await client.get("/v1/conditions/sentence", params={"scope": "earning", "condition": "{"})

    assert checked.status_code == told.status_code == 422
    assert checked.json()["code"] == "condition.is_invalid"
    assert checked.json()["errors"] == [{"pointer": "/condition/rules/0", "detail": "This can never hold. Change it."}]
    assert told.json()["errors"] == checked.json()["errors"]
    assert (no_json.status_code, no_json.json()["code"]) == (422, "request.invalid")


async def test_whoever_reads_sees_facts_and_only_who_writes_conditions_checks_them(
    app: FastAPI, database: Database, viewer: httpx.AsyncClient, anonymous: httpx.AsyncClient
):
    body = {"scope": "earning", "condition": GROUP}

    assert (await viewer.get("/v1/facts", params={"scope": "earning"})).status_code == 200
    assert (await viewer.post("/v1/conditions/check", json=body)).status_code == 403
    assert (await anonymous.get("/v1/facts", params={"scope": "earning"})).status_code == 401
    async with signed_in(app, database, role="marketer") as marketer:
        assert (await marketer.post("/v1/conditions/check", json=body)).status_code == 200


async def test_the_schema_describes_the_conditions_of_a_scope(client: httpx.AsyncClient):
    schema = (await client.get("/v1/conditions/schema", params={"scope": "lines"})).json()

    assert schema["$ref"] == "#/$defs/group"
    fields = {rule["properties"]["field"]["const"] for rule in schema["$defs"]["rule"]["anyOf"]}
    assert {"line.product", "order.amount", "member.tier"} <= fields

"""Earning rules over HTTP: drafted, checked, tried, published, compared, retired."""

from datetime import UTC, datetime

import httpx
import pytest

from shuke.loyalty import earning
from shuke.loyalty.earning.tables import earning_rule_version
from shuke.loyalty.ledger.testing import two_currencies
from shuke.main.testing import signed_in
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform.db import Database

NAME = {"zh": "周末双倍", "en": "Double weekends"}


def giving(points: int, **more) -> dict:
    effect = {"kind": "per_amount", "currency": "points", "points": points, "per_minor": 100, "rounding": "down"}
    return {"activity": "order_paid", "branches": [{"effects": [effect]}], **more}


@pytest.fixture(autouse=True)
async def _programme(app, database: Database) -> None:
    async with database.transaction() as session:
        await two_currencies(session)
        for currency in ("points", "growth"):
            await earning.publish_rule(
                session,
                code=f"purchase-{currency}",
                name_zh="消费",
                name_en="Purchases",
                effective_from=datetime(1970, 1, 1, tzinfo=UTC),
                parameters={
                    "kind": "per_amount",
                    "currency": currency,
                    "points": 1,
                    "per_minor": 100,
                    "rounding": "down",
                },
            )


async def made(client: httpx.AsyncClient, code: str = "weekend", points: int = 2, **more) -> httpx.Response:
    body = {"code": code, "name": NAME, "definition": giving(points, **more)}
    return await client.post("/v1/earning-rules", json=body)


async def count_versions(database: Database) -> int:
    async with database.transaction() as session:
        return len((await session.execute(earning_rule_version.select())).all())


async def test_a_rule_goes_from_draft_to_live_to_retired(client: httpx.AsyncClient):
    added = await made(client)
    assert added.status_code == 201
    assert added.headers["location"] == "/v1/earning-rules/weekend"
    assert (added.json()["state"], added.json()["version"]) == ("draft", None)

    published = await client.post("/v1/earning-rules/weekend/publish", json={}, headers={"If-Match": '"1"'})
    assert published.status_code == 200, published.text
    assert (published.json()["state"], published.json()["version"], published.json()["draft"]) == ("live", 1, None)
    assert published.json()["summary"] == "2 points for each ¥1"

    retired = await client.post("/v1/earning-rules/weekend/retire", json={})
    assert retired.json()["state"] == "retired"
    states = {rule["code"]: rule["state"] for rule in (await client.get("/v1/earning-rules")).json()["items"]}
    assert states == {"purchase-growth": "live", "purchase-points": "live", "weekend": "retired"}


async def test_a_list_says_what_rules_give_in_the_readers_language(client: httpx.AsyncClient):
    rules = (await client.get("/v1/earning-rules", headers={"Accept-Language": "zh-CN"})).json()["items"]

    said = {rule["code"]: (rule["summary"], rule["currencies"]) for rule in rules}
    assert said == {
        "purchase-points": ("每满 ¥1 得 1 积分", ["points"]),
        "purchase-growth": ("每满 ¥1 得 1 成长值", ["growth"]),
    }


async def test_what_is_not_sound_is_not_published(client: httpx.AsyncClient, database: Database):
    before = await count_versions(database)
    unsound = {"activity": "order_paid", "branches": []}
    await client.post("/v1/earning-rules", json={"code": "empty", "name": NAME, "definition": unsound})

    refused = await client.post("/v1/earning-rules/empty/publish", json={})

    assert (refused.status_code, refused.json()["code"]) == (422, "earning_rules.definition_invalid")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/branches"]
    assert await count_versions(database) == before


async def test_a_condition_that_can_never_hold_is_named(client: httpx.AsyncClient):
    weekday = {"field": "time.weekday", "operator": "=", "value": 9}
    definition = giving(2, audience={"combinator": "and", "rules": [weekday]})

    checked = (await client.post("/v1/earning-rules/check", json={"definition": definition})).json()

    assert [problem["pointer"] for problem in checked["problems"]] == ["/audience/rules/0/value"]


async def test_a_check_says_what_would_change(client: httpx.AsyncClient):
    definition = giving(3, priority=5)

    body = {"definition": definition, "rule": "purchase-points"}
    checked = (await client.post("/v1/earning-rules/check", json=body)).json()

    assert checked["problems"] == []
    assert [(one["key"], one["before"], one["after"]) for one in checked["changes"]] == [
        ("branch.1", "1 point for each ¥1 (rounded: down)", "3 points for each ¥1 (rounded: down)"),
        ("priority", "0", "5"),
    ]


async def test_two_versions_are_compared_in_words(client: httpx.AsyncClient):
    await made(client)
    await client.post("/v1/earning-rules/weekend/publish", json={})
    await client.put("/v1/earning-rules/weekend/draft", json={"definition": giving(4)}, headers={"If-Match": '"0"'})

    diff = await client.get("/v1/earning-rules/weekend/diff", params={"before": "1", "after": "draft"})

    (change,) = diff.json()["changes"]
    assert change["title"] == "Gives"
    assert change["before"].startswith("2 points")
    assert change["after"].startswith("4 points")
    unknown = await client.get("/v1/earning-rules/weekend/diff", params={"before": "1", "after": "7"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "earning_rules.version_not_found")


async def test_a_draft_that_somebody_else_saved_is_not_overwritten(client: httpx.AsyncClient):
    await made(client)
    first = await client.put(
        "/v1/earning-rules/weekend/draft", json={"definition": giving(3)}, headers={"If-Match": '"1"'}
    )
    assert first.headers["etag"] == '"2"'

    late = await client.put(
        "/v1/earning-rules/weekend/draft", json={"definition": giving(9)}, headers={"If-Match": '"1"'}
    )

    assert (late.status_code, late.json()["code"]) == (412, "earning_rules.draft_changed")
    kept = (await client.get("/v1/earning-rules/weekend")).json()["draft"]
    assert kept["definition"] == giving(3)


async def test_a_cart_is_tried_against_the_rules_in_force_and_a_draft(client: httpx.AsyncClient, database: Database):
    before = await count_versions(database)
    lines = [{"product": "A1", "quantity": 2, "amount_minor": 5_050}, {"product": "B2", "amount_minor": 2_000}]

    in_force = (await client.post("/v1/earning-rules/test", json={"lines": lines})).json()
    body = {"lines": lines, "definition": giving(2), "rule": "purchase-points"}
    with_other = (await client.post("/v1/earning-rules/test", json=body)).json()

    assert {one["currency"]: one["amount"] for one in in_force["totals"]} == {"points": 70, "growth": 70}
    assert {one["currency"]: one["amount"] for one in with_other["totals"]} == {"points": 141, "growth": 70}
    assert [grant["text"] for grant in in_force["grants"] if grant["currency"] == "points"] == [
        "¥70.50 counts, gives 70 points"
    ]
    assert await count_versions(database) == before


async def test_a_try_says_why_a_rule_gives_nothing(client: httpx.AsyncClient):
    definition = giving(2, schedule={"from": "2001-01-01", "until": "2001-01-31"})

    tried = await client.post(
        "/v1/earning-rules/test",
        json={"lines": [{"product": "A1", "amount_minor": 100}], "definition": definition, "only": True},
    )

    assert tried.json()["totals"] == []
    assert [one["text"] for one in tried.json()["passed_over"]] == ["it does not hold at that time"]


async def test_a_member_is_tried_with_what_is_known_of_them(client: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        (member_id,) = await enrolled(session, [person(None, phone())])
    first = {"activity": "order_paid", "branches": [{"effects": [{"kind": "first_purchase", "points": 50}]}]}

    tried = await client.post(
        "/v1/earning-rules/test",
        json={
            "member": str(member_id),
            "lines": [{"product": "A1", "amount_minor": 100}],
            "definition": first,
            "only": True,
        },
    )

    assert [(one["currency"], one["amount"]) for one in tried.json()["totals"]] == [("points", 50)]
    nobody = await client.post("/v1/earning-rules/test", json={"member": "999999", "lines": []})
    assert nobody.json()["code"] == "members.not_found"


async def test_the_schema_draws_every_kind(client: httpx.AsyncClient):
    schema = (await client.get("/v1/earning-rules/schema")).json()

    assert {"fixed", "per_amount", "steps", "tier_multiplier", "coupon"} <= {one["kind"] for one in schema["kinds"]}
    assert all(one["name"]["zh"] and one["name"]["en"] for one in schema["kinds"])
    assert [one["code"] for one in schema["currencies"]] == ["points", "growth"]


async def test_every_write_stands_in_the_audit_trail(client: httpx.AsyncClient, database: Database):
    await made(client)
    await client.post("/v1/earning-rules/weekend/publish", json={})
    await client.post("/v1/earning-rules/weekend/retire", json={})

    lines = (await client.get("/v1/audit", params={"limit": 50})).json()["items"]

    actions = [line["action"] for line in lines if line["object_id"] == "weekend"]
    assert actions == [
        "POST /v1/earning-rules/{code}/retire",
        "POST /v1/earning-rules/{code}/publish",
        "POST /v1/earning-rules",
    ]


async def test_who_may_only_read_changes_nothing(viewer: httpx.AsyncClient, database: Database):
    before = await count_versions(database)

    answers = [
        await made(viewer),
        await viewer.post("/v1/earning-rules/purchase-points/retire", json={}),
        await viewer.post("/v1/earning-rules/purchase-points/publish", json={}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (await viewer.get("/v1/earning-rules")).status_code == 200
    assert await count_versions(database) == before


async def test_what_a_draft_cannot_hold_is_refused(client: httpx.AsyncClient):
    large = {"activity": "order_paid", "branches": [], "note": "x" * 300_000}

    refused = await client.post("/v1/earning-rules", json={"code": "large", "name": NAME, "definition": large})

    assert (refused.status_code, refused.json()["code"]) == (422, "earning_rules.bad_draft")
    assert (await client.get("/v1/earning-rules/large")).status_code == 404


async def test_a_store_manager_tries_rules_on_nobody_out_of_sight(app, database: Database):
    async with database.transaction() as session:
        (member_id,) = await enrolled(session, [person(None, phone())])

    async with signed_in(app, database, role="store_manager") as browser:
        answer = await browser.post("/v1/earning-rules/test", json={"member": str(member_id), "lines": []})

    assert answer.status_code == 403


async def test_orders_are_judged_by_what_was_published(client: httpx.AsyncClient, database: Database):
    await client.put("/v1/earning-rules/purchase-points/draft", json={"definition": giving(5)})
    await client.post("/v1/earning-rules/purchase-points/publish", json={})

    async with database.transaction() as session:
        versions = await earning.published_versions(session)

    assert [(one.rule_code, one.version) for one in versions] == [
        ("purchase-points", 1),
        ("purchase-points", 2),
        ("purchase-growth", 1),
    ]

"""Templates over HTTP: drafted, previewed, published in versions, paused, closed, copied, removed."""

import asyncio

import httpx
import pytest
from sqlalchemy import func, select

from shuke.loyalty.coupons.tables import coupon_template, coupon_terms, coupon_unit
from shuke.loyalty.coupons.testing import a_template
from shuke.platform.db import Database

NAME = {"zh": "满百减十", "en": "Ten off"}
OFF = {"discount": {"kind": "amount_off", "off_minor": 1_000}, "threshold": {"least": 10_000}}


async def added(client: httpx.AsyncClient, code: str = "ten", **more: object) -> httpx.Response:
    return await client.post("/v1/coupon-templates", json={"code": code, "name": NAME, "terms": OFF, **more})


async def published(client: httpx.AsyncClient, code: str = "ten", **more: object) -> dict:
    await added(client, code, **more)
    answer = await client.post(f"/v1/coupon-templates/{code}/publish")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def count(database: Database, table) -> int:
    async with database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_template_goes_from_draft_to_closed(client: httpx.AsyncClient):
    first = await added(client)
    assert first.status_code == 201
    assert first.headers["location"] == "/v1/coupon-templates/ten"
    assert first.headers["etag"] == '"1"'
    body = first.json()
    assert (body["state"], body["terms_version"], body["terms"], body["draft"]) == ("draft", 0, None, OFF)

    live = (await client.post("/v1/coupon-templates/ten/publish", headers={"If-Match": '"1"'})).json()
    assert (live["state"], live["terms_version"], live["draft"], live["version"]) == ("published", 1, None, 2)
    assert live["terms"] == {
        "discount": {
            "kind": "amount_off",
            "off_minor": 1_000,
            "repeats": False,
            "most_minor": None,
        },
        "threshold": {"least": 10_000},
    }
    steps = [("pause", "paused"), ("resume", "published"), ("pause", "paused"), ("close", "closed")]
    for act, state in steps:
        answer = await client.post(f"/v1/coupon-templates/ten/{act}")
        assert (answer.status_code, answer.json()["state"]) == (200, state)
    assert (await client.get("/v1/coupon-templates/ten")).headers["etag"] == '"6"'


async def test_a_closed_template_stays_as_it_is(client: httpx.AsyncClient):
    await published(client)
    await client.post("/v1/coupon-templates/ten/close")
    before = (await client.get("/v1/coupon-templates/ten")).json()
    answers = [
        await client.post("/v1/coupon-templates/ten/resume"),
        await client.post("/v1/coupon-templates/ten/pause"),
        await client.post("/v1/coupon-templates/ten/close"),
        await client.put("/v1/coupon-templates/ten/draft", json={"terms": OFF}),
        await client.put("/v1/coupon-templates/ten/issuing", json={"issuing": {"stock": 5}}),
    ]
    assert {(one.status_code, one.json()["code"]) for one in answers} == {(409, "coupons.template_state_wrong")}
    assert "closed" in answers[0].json()["detail"]
    assert (await client.get("/v1/coupon-templates/ten")).json() == before


async def test_a_draft_is_never_paused_or_closed(client: httpx.AsyncClient):
    await added(client)
    for act in ("pause", "resume", "close"):
        assert (await client.post(f"/v1/coupon-templates/ten/{act}")).status_code == 409
    assert (await client.get("/v1/coupon-templates/ten")).json()["state"] == "draft"


async def test_publishing_again_makes_the_next_version_and_keeps_the_first(client: httpx.AsyncClient, database):
    await published(client)
    better = {**OFF, "discount": {"kind": "amount_off", "off_minor": 2_000}}
    saved = await client.put("/v1/coupon-templates/ten/draft", json={"terms": better}, headers={"If-Match": '"2"'})
    assert (saved.status_code, saved.json()["state"], saved.json()["has_draft"]) == (200, "published", True)
    versions = (await client.get("/v1/coupon-templates/ten/versions")).json()
    assert [one["version"] for one in versions["items"]] == [1]
    assert versions["draft"]["version"] == 2
    assert versions["draft"]["added"] != []
    assert versions["draft"]["dropped"] != []

    again = (await client.post("/v1/coupon-templates/ten/publish")).json()
    assert (again["terms_version"], again["terms"]["discount"]["off_minor"]) == (2, 2_000)
    versions = (await client.get("/v1/coupon-templates/ten/versions")).json()
    assert versions["draft"] is None
    assert [(one["version"], one["terms"]["discount"]["off_minor"]) for one in versions["items"]] == [
        (2, 2_000),
        (1, 1_000),
    ]
    assert versions["items"][1]["added"] == versions["items"][1]["dropped"] == []
    assert await count(database, coupon_terms) == 2


async def test_a_paused_template_stays_paused_when_new_terms_are_published(client: httpx.AsyncClient):
    await published(client)
    await client.post("/v1/coupon-templates/ten/pause")
    await client.put(
        "/v1/coupon-templates/ten/draft", json={"terms": {**OFF, "category": "general"} | {"threshold": {}}}
    )
    assert (await client.post("/v1/coupon-templates/ten/publish")).json()["state"] == "paused"


async def test_the_same_terms_are_not_published_twice(client: httpx.AsyncClient, database: Database):
    await published(client)
    same = {**OFF, "category": "general", "threshold": {"least": 10_000, "of": "eligible"}}
    await client.put("/v1/coupon-templates/ten/draft", json={"terms": same})
    refused = await client.post("/v1/coupon-templates/ten/publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "coupons.template_draft_unchanged")
    assert await count(database, coupon_terms) == 1


async def test_a_draft_may_be_unfinished_but_is_not_published_so(client: httpx.AsyncClient, database: Database):
    wrong = {
        "discount": {"kind": "amount_off", "off_minor": -5},
        "scope": {"stores": ["nowhere"], "members": {"combinator": "and", "rules": []}},
    }
    await added(client, terms=wrong)
    refused = await client.post("/v1/coupon-templates/ten/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "coupons.terms_invalid")
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/discount/off_minor"]

    shaped = {**OFF, "scope": {"stores": ["nowhere"], "tiers": ["none"]}, "category": "unknown"}
    await client.put("/v1/coupon-templates/ten/draft", json={"terms": shaped})
    refused = await client.post("/v1/coupon-templates/ten/publish")
    assert {one["pointer"] for one in refused.json()["errors"]} == {"/scope/stores/0", "/scope/tiers/0", "/category"}
    assert (await client.get("/v1/coupon-templates/ten")).json()["state"] == "draft"
    assert await count(database, coupon_terms) == 0


async def test_what_somebody_else_changed_is_not_written_over(client: httpx.AsyncClient):
    await added(client)
    seen = {"If-Match": '"1"'}
    assert (await client.put("/v1/coupon-templates/ten", json={"name": NAME}, headers=seen)).status_code == 200
    for act in (
        client.put("/v1/coupon-templates/ten/draft", json={"terms": {}}, headers=seen),
        client.put("/v1/coupon-templates/ten/issuing", json={"issuing": {}}, headers=seen),
        client.put("/v1/coupon-templates/ten", json={"name": NAME}, headers=seen),
        client.post("/v1/coupon-templates/ten/publish", headers=seen),
        client.delete("/v1/coupon-templates/ten/draft", headers=seen),
        client.delete("/v1/coupon-templates/ten", headers=seen),
        client.delete("/v1/coupon-templates/ten", headers={"If-Match": "nonsense"}),
    ):
        answer = await act
        assert (answer.status_code, answer.json()["code"]) == (412, "coupons.template_changed")
    kept = (await client.get("/v1/coupon-templates/ten")).json()
    assert (kept["version"], kept["draft"], kept["state"]) == (2, OFF, "draft")


async def test_of_two_who_publish_at_once_one_does(client: httpx.AsyncClient, database: Database):
    await added(client)
    seen = {"If-Match": '"1"'}
    answers = await asyncio.gather(*(client.post("/v1/coupon-templates/ten/publish", headers=seen) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [200, 412, 412, 412]
    assert await count(database, coupon_terms) == 1


async def test_a_code_stands_for_one_template(client: httpx.AsyncClient, database: Database):
    await added(client)
    refused = await added(client)
    assert (refused.status_code, refused.json()["code"]) == (409, "coupons.template_code_taken")
    assert await count(database, coupon_template) == 1
    assert (await added(client, "Bad Code")).status_code == 422


async def test_a_draft_is_thrown_away_once(client: httpx.AsyncClient):
    await published(client)
    await client.put("/v1/coupon-templates/ten/draft", json={"terms": {}})
    assert (await client.delete("/v1/coupon-templates/ten/draft")).status_code == 204
    refused = await client.delete("/v1/coupon-templates/ten/draft")
    assert (refused.status_code, refused.json()["code"]) == (404, "coupons.template_draft_not_found")


async def test_only_what_was_never_published_is_removed(client: httpx.AsyncClient, database: Database):
    await added(client, "gone", issuing={"stock": 3})
    assert await count(database, coupon_unit) == 3
    assert (await client.delete("/v1/coupon-templates/gone")).status_code == 204
    assert await count(database, coupon_unit) == 0
    await published(client)
    refused = await client.delete("/v1/coupon-templates/ten")
    assert (refused.status_code, refused.json()["code"]) == (409, "coupons.template_was_published")
    assert [one["code"] for one in (await client.get("/v1/coupon-templates")).json()["items"]] == ["ten"]


async def test_a_copy_says_the_same_but_for_the_word(client: httpx.AsyncClient):
    await published(client, issuing={"stock": 7, "claiming": {"is_open": True, "word": "双十一"}})
    body = {"code": "eleven", "name": {"zh": "副本", "en": "Copy"}}
    copied = await client.post("/v1/coupon-templates/ten/copies", json=body)
    assert copied.status_code == 201
    copy = copied.json()
    assert (copy["state"], copy["terms_version"], copy["draft"]["threshold"]) == ("draft", 0, {"least": 10_000})
    assert (copy["issuing"]["stock"], copy["stock_left"]) == (7, 7)
    assert (copy["issuing"]["claiming"]["is_open"], copy["issuing"]["claiming"]["word"]) == (True, None)


async def test_issuing_changes_at_any_time_and_with_it_the_units_of_the_stock(
    client: httpx.AsyncClient, database: Database
):
    await published(client)
    url = "/v1/coupon-templates/ten/issuing"
    five = (await client.put(url, json={"issuing": {"stock": 5}})).json()
    assert (five["stock"], five["stock_left"]) == (5, 5)
    eight = (await client.put(url, json={"issuing": {"stock": 8, "limits": [{"most": 1}]}})).json()
    assert (eight["stock_left"], eight["issuing"]["limits"]) == (8, [{"period": "lifetime", "most": 1}])
    two = (await client.put(url, json={"issuing": {"stock": 2}})).json()
    assert two["stock_left"] == 2
    endless = (await client.put(url, json={"issuing": {}})).json()
    assert (endless["stock"], endless["stock_left"]) == (None, None)


@pytest.mark.parametrize(
    ("issuing", "pointer"),
    [
        ({"stock": -1}, "/stock"),
        ({"limits": [{"most": 1}, {"most": 2}]}, "/limits/1"),
        ({"budgets": [{"counts": "count", "limit": 1}, {"counts": "count", "limit": 2}]}, "/budgets/1"),
        (
            {"claiming": {"opens_at": "2026-11-11T10:00:00+08:00", "closes_at": "2026-11-11T10:00:00+08:00"}},
            "/claiming/closes_at",
        ),
        ({"claiming": {"members": {"combinator": "and", "rules": [{"field": "no", "operator": "="}]}}}, None),
        ({"claiming": {"word": "taken"}}, "/claiming/word"),
        ({"more": 1}, "/more"),
    ],
)
async def test_issuing_that_contradicts_itself_is_refused(
    client: httpx.AsyncClient, issuing: dict, pointer: str | None
):
    await published(client, "other", issuing={"claiming": {"word": "TAKEN"}})
    await published(client)
    before = (await client.get("/v1/coupon-templates/ten")).json()
    refused = await client.put("/v1/coupon-templates/ten/issuing", json={"issuing": issuing})
    assert (refused.status_code, refused.json()["code"]) == (422, "coupons.issuing_invalid")
    found = [one["pointer"] for one in refused.json()["errors"]]
    assert found == [pointer] if pointer else found[0].startswith("/claiming/members")
    assert (await client.get("/v1/coupon-templates/ten")).json() == before


async def test_lists_are_searched_filtered_and_paged(client: httpx.AsyncClient):
    for number in range(5):
        await added(client, f"c{number}", name={"zh": f"券{number}", "en": f"Coupon {number}%"})
    await client.post("/v1/coupon-templates/c3/publish")
    first = (await client.get("/v1/coupon-templates", params={"limit": 3})).json()
    assert [one["code"] for one in first["items"]] == ["c4", "c3", "c2"]
    rest = (await client.get("/v1/coupon-templates", params={"limit": 3, "cursor": first["next"]})).json()
    assert ([one["code"] for one in rest["items"]], rest["next"]) == (["c1", "c0"], None)

    async def codes(**params: str) -> list[str]:
        return [one["code"] for one in (await client.get("/v1/coupon-templates", params=params)).json()["items"]]

    assert await codes(state="published") == ["c3"]
    assert await codes(q="coupon 2") == ["c2"]
    assert await codes(q="券4") == ["c4"]
    assert len(await codes(q="%")) == 5
    assert await codes(q="_") == []
    assert (await client.get("/v1/coupon-templates", params={"cursor": "x"})).status_code == 422


async def test_who_may_only_see_changes_nothing(client, viewer, anonymous):
    await added(client)
    assert (await viewer.get("/v1/coupon-templates/ten")).status_code == 200
    for act in (
        viewer.post("/v1/coupon-templates", json={"code": "no", "name": NAME}),
        viewer.post("/v1/coupon-templates/ten/publish"),
        viewer.put("/v1/coupon-templates/ten/draft", json={"terms": {}}),
        viewer.put("/v1/coupon-templates/ten/issuing", json={"issuing": {}}),
        viewer.delete("/v1/coupon-templates/ten"),
        viewer.put("/v1/coupon-stacking", json={"stacking": {}}),
    ):
        assert (await act).status_code == 403
    assert (await anonymous.get("/v1/coupon-templates")).status_code == 401
    assert (await client.get("/v1/coupon-templates/ten")).json()["version"] == 1


async def test_what_is_not_there_is_said_so(client: httpx.AsyncClient):
    for answer in (
        await client.get("/v1/coupon-templates/none"),
        await client.get("/v1/coupon-templates/none/versions"),
        await client.post("/v1/coupon-templates/none/publish"),
        await client.post("/v1/coupon-templates/none/copies", json={"code": "a", "name": NAME}),
        await client.put("/v1/coupon-templates/none/issuing", json={"issuing": {}}),
        await client.delete("/v1/coupon-templates/none"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "coupons.template_not_found")


async def test_counts_tell_what_was_issued(client: httpx.AsyncClient, database: Database):
    async with database.transaction() as session:
        await a_template(session, "counted", issuing={"stock": 4})
    shown = (await client.get("/v1/coupon-templates/counted")).json()
    assert (shown["issued"], shown["redeemed"], shown["stock"], shown["stock_left"]) == (0, 0, 4, 4)

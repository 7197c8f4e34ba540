"""What terms say and do before anybody publishes them; how coupons combine, and what a change of that would mean."""

import httpx
import pytest

KINDS = {
    "amount_off": {"kind": "amount_off", "off_minor": 3_000},
    "percent_off": {"kind": "percent_off", "percent": 12},
    "steps": {
        "kind": "steps",
        "steps": [{"from_minor": 10_000, "off_minor": 1_000}, {"from_minor": 20_000, "off_minor": 3_000}],
    },
    "fixed_price": {"kind": "fixed_price", "price_minor": 9_900},
    "gift": {"kind": "gift", "products": ["mug"]},
    "free_shipping": {"kind": "free_shipping"},
    "nth_item": {"kind": "nth_item", "nth": 2, "percent": 50},
}
# By hand: what each takes off the cart thought of for it.
OFF = {
    "amount_off": 3_000,
    "percent_off": 2_400,
    "steps": 3_000,
    "fixed_price": 10_100,
    "gift": 5_000,
    "free_shipping": 1_000,
    "nth_item": 5_000,
}


async def preview(client: httpx.AsyncClient, terms: dict, **more: object) -> dict:
    answer = await client.post("/v1/coupon-templates/preview", json={"terms": terms, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("kind", list(KINDS))
async def test_every_kind_is_told_and_tried_on_a_cart_that_fits(client: httpx.AsyncClient, kind: str):
    found = await preview(client, {"discount": KINDS[kind]})
    assert found["problems"] == []
    assert found["headline"]["zh"]
    assert found["headline"]["en"]
    assert found["terms"]["zh"][0] == found["headline"]["zh"]
    sample = found["sample"]
    assert sample["is_made_up"]
    assert sample["unused"] == []
    assert sample["discount_minor"] == OFF[kind]
    assert sum(line["off_minor"] for line in sample["lines"]) == sample["discount_minor"]
    assert sample["payable_minor"] == sample["total_minor"] - sample["discount_minor"]


async def test_a_cart_is_thought_of_at_a_time_at_which_the_terms_hold(client: httpx.AsyncClient):
    terms = {
        "discount": KINDS["amount_off"],
        "threshold": {"counts": "pieces", "least": 3},
        "scope": {"categories": ["shoes"], "sources": ["shop-online"]},
        "validity": {"kind": "relative", "days": 9, "weekdays": [6, 7], "hours": ["09:30-14:00"]},
    }
    sample = (await preview(client, terms))["sample"]
    assert sample["discount_minor"] == 3_000
    assert sample["lines"][0]["quantity"] == "3"


async def test_a_cart_that_is_sent_is_the_one_that_is_tried(client: httpx.AsyncClient):
    cart = {"lines": [{"product": "a", "amount_minor": 9_000}]}
    terms = {"discount": KINDS["amount_off"], "threshold": {"least": 10_000}}
    found = await preview(client, terms, cart=cart)
    assert not found["sample"]["is_made_up"]
    assert found["sample"]["discount_minor"] == 0
    assert [one["why"] for one in found["sample"]["unused"]] == ["threshold"]


async def test_what_has_no_shape_yet_has_problems_and_no_sample(client: httpx.AsyncClient):
    found = await preview(client, {"discount": {"kind": "percent_off"}}, issuing={"stock": "x"})
    assert [one["pointer"] for one in found["problems"]] == ["/discount/percent"]
    assert [one["pointer"] for one in found["issuing_problems"]] == ["/stock"]
    assert (found["sample"], found["terms"]) == (None, {"zh": [], "en": []})


async def test_a_condition_that_cannot_be_read_is_a_problem_and_no_failure(client: httpx.AsyncClient):
    terms = {"discount": KINDS["amount_off"], "scope": {"members": {"combinator": "and", "rules": [{"field": "no"}]}}}
    found = await preview(client, terms)
    assert all(one["pointer"].startswith("/scope/members") for one in found["problems"])
    assert found["problems"] != []


@pytest.mark.parametrize("terms", [{}, {"discount": None}, {"discount": {"kind": "none"}}, {"discount": []}])
async def test_nonsense_is_told_as_problems(client: httpx.AsyncClient, terms: dict):
    assert (await preview(client, terms))["problems"] != []


async def published(client: httpx.AsyncClient, code: str, off: int, category: str = "general") -> None:
    terms = {"discount": {"kind": "amount_off", "off_minor": off}, "category": category}
    body = {"code": code, "name": {"zh": code, "en": code}, "terms": terms}
    assert (await client.post("/v1/coupon-templates", json=body)).status_code == 201
    answer = await client.post(f"/v1/coupon-templates/{code}/publish")
    assert answer.status_code == 200, answer.text


def group(category: str, **more: object) -> dict:
    return {"category": category, "name_zh": category, "name_en": category, **more}


async def test_combining_is_changed_by_whoever_has_seen_it(client: httpx.AsyncClient):
    first = await client.get("/v1/coupon-stacking")
    assert (first.headers["etag"], first.json()["version"]) == ('"0"', 0)
    assert [one["category"] for one in first.json()["stacking"]["groups"]] == ["general"]
    wanted = {"groups": [group("general"), group("brand", mode="stack", most=2)], "most": 3, "floor_minor": 100}
    saved = await client.put("/v1/coupon-stacking", json={"stacking": wanted}, headers={"If-Match": '"0"'})
    assert (saved.status_code, saved.headers["etag"]) == (200, '"1"')
    late = await client.put("/v1/coupon-stacking", json={"stacking": {}}, headers={"If-Match": '"0"'})
    assert (late.status_code, late.json()["code"]) == (412, "coupons.stacking_changed")
    now = (await client.get("/v1/coupon-stacking")).json()
    assert (now["version"], now["stacking"]["most"], now["stacking"]["floor_minor"]) == (1, 3, 100)
    again = await client.put("/v1/coupon-stacking", json={"stacking": wanted | {"most": 4}})
    assert again.json()["version"] == 2


async def test_a_group_that_coupons_are_in_stays(client: httpx.AsyncClient):
    two = {"groups": [group("general"), group("brand")]}
    await client.put("/v1/coupon-stacking", json={"stacking": two})
    await published(client, "ten", 1_000, "brand")
    refused = await client.put("/v1/coupon-stacking", json={"stacking": {"groups": [group("general")]}})
    assert (refused.status_code, refused.json()["code"]) == (422, "coupons.stacking_invalid")
    assert "ten" in refused.json()["errors"][0]["detail"]
    kept = (await client.get("/v1/coupon-stacking")).json()
    assert (kept["version"], kept["in_use"]) == (1, {"brand": 1})
    await client.post("/v1/coupon-templates/ten/close")
    assert (await client.put("/v1/coupon-stacking", json={"stacking": {}})).status_code == 200


async def test_coupons_are_tried_together_with_rules_that_are_not_saved(client: httpx.AsyncClient):
    await published(client, "ten", 1_000)
    await published(client, "five", 500)
    asked = {"templates": ["ten", "five"], "cart": {"lines": [{"product": "a", "amount_minor": 5_000}]}}
    one = (await client.post("/v1/coupon-stacking/try", json=asked)).json()["sample"]
    assert [use["template"] for use in one["uses"]] == ["ten"]
    assert [unused["template"] for unused in one["unused"]] == ["five"]
    assert one["unused"][0]["text"]
    stacked = {"groups": [group("general", mode="stack", most=2)]}
    both = (await client.post("/v1/coupon-stacking/try", json={**asked, "stacking": stacked})).json()["sample"]
    assert (both["discount_minor"], both["payable_minor"], both["unused"]) == (1_500, 3_500, [])
    assert (await client.get("/v1/coupon-stacking")).json()["version"] == 0


async def test_trying_what_is_not_there_is_refused(client: httpx.AsyncClient):
    refused = await client.post("/v1/coupon-stacking/try", json={"templates": ["none"]})
    assert (refused.status_code, refused.json()["code"]) == (404, "coupons.template_not_found")


async def test_the_schema_names_every_kind(client: httpx.AsyncClient):
    found = (await client.get("/v1/coupon-templates/schema")).json()
    assert {one["kind"] for one in found["kinds"]} == set(KINDS)
    assert set(found["terms"]["properties"]) >= {"discount", "threshold", "scope", "validity", "on_refund", "transfer"}

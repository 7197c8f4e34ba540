"""Tiers over HTTP: the scheme read, tried and published; levels given by hand; what a member still needs."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import text

from shuke.commerce.orders.testing import stored
from shuke.foundation.organization.testing import a_shop
from shuke.loyalty import tiers
from shuke.loyalty.tiers.testing import four_levels
from shuke.main.testing import signed_in
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.db import Database

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
BOUGHT_AT = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
async def people(app: Any, database: Database) -> list[int]:
    """Three members: silver with 600.00, gold with 2,500.00, and one who has not bought."""
    clock.set_offset(NOW - clock.wall())
    async with database.transaction() as session:
        if not (await session.execute(text("select 1 from shop"))).first():
            await a_shop(session)
        await four_levels(session)
        ids = await enrolled(session, [person(None, external(str(number))) for number in (1, 2, 3)])
        scheme = await tiers.find_scheme(session)
        assert scheme is not None
        found = await tiers.lock_standings(session, scheme, ids[:2])
        zone = (await session.execute(text("select time_zone from shop"))).scalar_one()
        for member_id, amount in zip(ids, ("600", "2500"), strict=False):
            await stored(session, f"s{member_id}", [("A1", "1", amount)], member_id=member_id, placed_at=BOUGHT_AT)
            spent = {BOUGHT_AT.date(): int(amount) * 100}
            measures = tiers.Measures(date(2025, 1, 1), {"net_spend": spent}, {"net_spend": int(amount) * 100})
            tiers.judge_change(found[member_id], scheme, measures, BOUGHT_AT, ZoneInfo(zone), "order")
        await session.execute(text("update sales_order set counts_minor = goods_minor"))
        await tiers.save(session, scheme, found.values())
    return ids


async def wish(client: httpx.AsyncClient) -> dict[str, Any]:
    """The scheme as it is, in the shape in which it is sent."""
    found = (await client.get("/v1/tiers")).json()
    return {
        "parameters": found["scheme"]["parameters"],
        "levels": [
            {
                "code": level["code"],
                "name_zh": level["name"]["zh"],
                "name_en": level["name"]["en"],
                "colour": level["colour"],
                "threshold": level["threshold"],
                "keep_threshold": level["keep_threshold"],
                "deduct": level["deduct"],
                "is_floor": level["is_floor"],
            }
            for level in found["levels"]
        ],
    }


async def counted(database: Database) -> list[int]:
    async with database.transaction() as session:
        names = ("tier_scheme_version", "tier_change", "tier_run", "event")
        found = [(await session.execute(text("select count(*) from " + name))).scalar_one() for name in names]
        done = await session.execute(text("select count(*) from audit where result = 'ok'"))
        return [*found, done.scalar_one()]


async def put(client: httpx.AsyncClient, body: dict[str, Any], version: int, **query: Any) -> httpx.Response:
    return await client.put("/v1/tiers", json=body, headers={"If-Match": f'"{version}"'}, params=query)


async def test_the_scheme_is_read_whole_and_sent_back_unchanged_is_no_new_version(
    client: httpx.AsyncClient, people: list[int]
) -> None:
    found = await client.get("/v1/tiers", headers={"Accept-Language": "en"})
    same = await put(client, await wish(client), 1)

    assert found.headers["etag"] == '"1"'
    scheme = found.json()["scheme"]
    assert (scheme["metric"], scheme["unit"], scheme["currency"]) == ("net_spend", "money", "CNY")
    assert scheme["sentences"][0] == "Levels go by net spend in the last 180 days."
    assert [(one["code"], one["threshold"], one["member_count"]) for one in found.json()["levels"]] == [
        ("bronze", 0, 0),
        ("silver", 50_000, 1),
        ("gold", 200_000, 1),
        ("diamond", 500_000, 0),
    ]
    assert same.json() == {"is_saved": True, "version": 1, "preview": None}


async def test_the_schema_speaks_the_callers_language_and_every_starting_point_can_be_published(
    client: httpx.AsyncClient, people: list[int]
) -> None:
    described = (await client.get("/v1/tiers/schema", headers={"Accept-Language": "zh-CN"})).json()
    body = await wish(client)

    tried = {}
    for start in described["starts"]:
        levels = [level | figures for level, figures in zip(body["levels"], start["levels"], strict=True)]
        answer = await put(client, {"parameters": start["parameters"], "levels": levels}, 1, dry_run=True)
        tried[start["code"]] = answer.status_code

    schema = described["json_schema"]
    assert schema["properties"]["metric"]["x-labels"]["net_spend"] == "净消费"
    assert schema["properties"]["window"]["title"] == "看多久"
    assert set(tried) == {
        "rolling_spend",
        "calendar_points",
        "membership_year",
        "lifetime_growth",
        "deduct_and_judge",
        "restart_on_promotion",
        "one_level_with_grace",
        "floor",
    }
    assert set(tried.values()) == {200}


async def test_a_dry_run_says_who_would_move_and_writes_nothing(
    client: httpx.AsyncClient, database: Database, people: list[int]
) -> None:
    body = await wish(client)
    body["levels"][1]["threshold"] = 100_000
    body["levels"][2]["threshold"] = 250_000
    body["levels"][3]["threshold"] = 250_001
    before = await counted(database)

    answer = await put(client, body, 1, dry_run=True)

    preview = answer.json()["preview"]
    assert answer.json()["is_saved"] is False
    assert [(move["from"]["code"], move["to"]["code"], move["members"]) for move in preview["moves"]] == [
        ("silver", "bronze", 1)
    ]
    assert (preview["judged"], preview["total"], preview["is_complete"]) == (2, 2, True)
    assert (await counted(database))[:4] == before[:4]
    assert (await client.get("/v1/tiers")).json()["levels"][1]["threshold"] == 50_000


async def test_publishing_makes_a_version_and_judging_again_is_asked_for_separately(
    client: httpx.AsyncClient, database: Database, people: list[int]
) -> None:
    body = await wish(client)
    body["levels"][1]["keep_threshold"] = 30_000
    body["parameters"]["grace_days"] = 30

    saved = await put(client, body, 1)
    again = await put(client, body, 1)
    run = await client.post("/v1/tiers/rejudgements")
    newest = await client.get("/v1/tiers/rejudgements")

    assert (saved.json()["version"], saved.headers["etag"]) == (2, '"2"')
    assert (again.status_code, again.json()["code"]) == (412, "tiers.scheme_changed")
    assert run.status_code == 202
    assert (run.json()["state"], run.json()["total"], run.json()["scheme_version"]) == ("running", 2, 2)
    assert newest.json()["newest"] == run.json()
    async with database.transaction() as session:
        trail = await session.execute(
            text("select changes from audit where action = 'PUT /v1/tiers' and result = 'ok'")
        )
        assert trail.scalar_one()["grace_days"] == [0, 30]


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"levels": {0: {"threshold": 1}}}, "tiers.first_threshold_not_zero", "/levels/0/threshold"),
        ({"levels": {2: {"threshold": 50_000}}}, "tiers.thresholds_not_ascending", "/levels/2/threshold"),
        ({"levels": {1: {"keep_threshold": 50_001}}}, "tiers.keep_above_threshold", "/levels/1/keep_threshold"),
        ({"levels": {3: {"code": "gold"}}}, "tiers.level_code_twice", "/levels/3/code"),
        ({"parameters": {"demote": "deduct"}}, "tiers.deduct_needs_account", "/parameters/demote"),
        (
            {"parameters": {"validity": {"kind": "forever"}, "grace_days": 9}},
            "tiers.grace_needs_end",
            "/parameters/grace_days",
        ),
        ({"parameters": {"metric": "custom"}}, "tiers.custom_without_currency", "/parameters/custom_currency"),
        ({"parameters": {"money": "GBP"}}, "tiers.money_differs", None),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_scheme_that_cannot_be_is_refused_by_name(
    client: httpx.AsyncClient,
    database: Database,
    people: list[int],
    change: dict[str, Any],
    code: str,
    pointer: str | None,
    dry_run: bool,
) -> None:
    body = await wish(client)
    body["parameters"] |= change.get("parameters", {})
    for place, fields in change.get("levels", {}).items():
        body["levels"][place] |= fields
    before = await counted(database)

    answer = await put(client, body, 1, dry_run=dry_run)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert pointer is None or pointer in {one["pointer"] for one in answer.json()["errors"]}
    assert await counted(database) == before


async def test_a_level_that_members_had_stays_where_it_is(
    client: httpx.AsyncClient, database: Database, people: list[int]
) -> None:
    body = await wish(client)
    without_silver = {**body, "levels": [level for level in body["levels"] if level["code"] != "silver"]}
    before = await counted(database)

    refused = await put(client, without_silver, 1)
    unseen = await client.put("/v1/tiers", json=body)

    assert (refused.status_code, refused.json()["code"]) == (409, "tiers.level_in_use")
    assert (unseen.status_code, unseen.json()["code"]) == (428, "tiers.version_needed")
    assert await counted(database) == before


async def test_a_level_by_hand_holds_through_its_day_and_can_be_ended(
    client: httpx.AsyncClient, database: Database, people: list[int]
) -> None:
    grants = f"/v1/members/{people[0]}/tier-grants"

    given = await client.post(grants, json={"level": "diamond", "until": "2026-06-30", "reason": "开店十年的老客人"})
    ended = await client.post(f"{grants}/end", json={"reason": "授错了人"}, headers={"Accept-Language": "zh-CN"})
    nothing = await client.post(f"{grants}/end", json={"reason": "again"})

    assert given.status_code == 201
    assert (given.json()["level"]["code"], given.json()["valid_until"]) == ("diamond", "2026-06-30")
    assert given.json()["grant"] == {"until": "2026-06-30"}
    assert (ended.json()["level"]["code"], ended.json()["grant"]) == ("silver", None)
    assert ended.json()["why"].startswith("手动授予结束，")
    assert ended.json()["why"].endswith("原因：授错了人")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "tiers.no_grant")
    history = (await client.get(f"/v1/members/{people[0]}/tier-changes", headers={"Accept-Language": "zh"})).json()
    assert [(one["reason"], one["to"]["code"]) for one in history["items"]] == [
        ("demoted", "silver"),
        ("manual", "diamond"),
        ("promoted", "silver"),
    ]
    assert history["items"][1]["explanation"]["text"] == "手动授予黑钻，有效到 2026-06-30。原因：开店十年的老客人"
    async with database.transaction() as session:
        trail = await session.execute(
            text("select details from audit where action = 'POST /v1/members/{member}/tier-grants' and result = 'ok'")
        )
        assert trail.scalar_one() == {"status": 201, "level": "diamond", "until": "2026-06-30"}


async def test_grants_that_cannot_be_change_nothing(
    client: httpx.AsyncClient, database: Database, people: list[int]
) -> None:
    grants = f"/v1/members/{people[0]}/tier-grants"
    before = await counted(database)

    early = await client.post(grants, json={"level": "gold", "until": "2026-03-09", "reason": "late"})
    unknown = await client.post(grants, json={"level": "ruby", "reason": "no such"})
    nobody = await client.post("/v1/members/999999/tier-grants", json={"level": "gold", "reason": "who"})

    assert (early.status_code, early.json()["code"]) == (422, "tiers.grant_ends_too_early")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "tiers.level_not_found")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "members.not_found")
    assert await counted(database) == before


async def test_a_member_sees_the_way_on_in_words_and_figures(client: httpx.AsyncClient, people: list[int]) -> None:
    english = {"Accept-Language": "en"}
    silver = (await client.get(f"/v1/members/{people[0]}/tier", headers=english)).json()
    none = (await client.get(f"/v1/members/{people[2]}/tier", headers=english)).json()
    page = (await client.get(f"/v1/members/{people[0]}/overview", headers=english)).json()

    assert silver["next"]["level"]["code"] == "gold"
    assert (silver["next"]["need"]["have"], silver["next"]["need"]["missing"]) == (60_000, 140_000)
    assert silver["next"]["need"]["text"] == "Net spend in the last 180 days: ¥600.00. ¥1,400.00 more for Gold."
    assert (silver["keep"]["by"], silver["keep"]["is_kept"]) == ("2026-06-01", True)
    assert (none["level"], none["keep"], none["next"]["level"]["code"]) == (None, None, "bronze")
    assert next(part["data"] for part in page["sections"] if part["key"] == "tier") == silver


async def test_who_may_see_may_neither_set_up_nor_grant(
    app: Any, database: Database, viewer: httpx.AsyncClient, people: list[int]
) -> None:
    before = await counted(database)
    body = {"level": "gold", "reason": "because"}

    seen = await viewer.get("/v1/tiers")
    refused = [
        await put(viewer, await wish(viewer), 1, dry_run=True),
        await viewer.post("/v1/tiers/rejudgements"),
        await viewer.post(f"/v1/members/{people[0]}/tier-grants", json=body),
        await viewer.post(f"/v1/members/{people[0]}/tier-grants/end", json={"reason": "because"}),
    ]

    assert seen.status_code == 200
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(403, "request.not_allowed")] * 4
    assert await counted(database) == before


async def test_whoever_sees_some_stores_alone_sees_no_level_of_others(
    app: Any, database: Database, people: list[int]
) -> None:
    async with signed_in(app, database, role="cashier") as cashier:
        shown = await cashier.get("/v1/tiers")
        hidden = await cashier.get(f"/v1/members/{people[0]}/tier")

    assert [level["member_count"] for level in shown.json()["levels"]] == [0, 0, 0, 0]
    assert (hidden.status_code, hidden.json()["code"]) == (404, "members.not_found")

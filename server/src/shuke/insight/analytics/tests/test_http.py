"""The dashboard and the RFM map over HTTP, fed through the real consumers."""

from datetime import UTC, datetime, timedelta

import pytest

from shuke.commerce.orders.testing import stored
from shuke.foundation import organization
from shuke.loyalty.ledger.testing import credited, operation, two_currencies
from shuke.loyalty.tiers.testing import four_levels
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock, consumers

TODAY = datetime(2026, 3, 10, 4, tzinfo=UTC)


@pytest.fixture
async def history(database, client):
    """Two members and a guest: three sales, a refund, points."""
    clock.set_offset(TODAY - clock.wall())
    async with database.transaction() as session:
        await four_levels(session)
        await two_currencies(session)
        stores = await organization.ensure_stores(session, [organization.NewStore(code="s1", name="一号店")])
        one, two = await enrolled(session, [person("王小明", external("1")), person("李雷", external("2"))])
        at = TODAY - timedelta(days=3)
        await stored(session, "1", [("A1", "1", "100")], member_id=one, placed_at=at, store_id=stores["s1"])
        await stored(session, "2", [("A1", "1", "50")], member_id=one, placed_at=at)
        await stored(session, "3", [("A1", "1", "30")], member_id=two, placed_at=at)
        await stored(session, "4", [("A1", "1", "20")], placed_at=at)
        await stored(session, "C1", [("A1", "-1", "10")], member_id=one, kind="refund", placed_at=at)
        await credited(session, one, 140, operation("a", at))
    await consumers.run_until_idle(database)
    return one, two


async def test_the_dashboard_shows_figures_series_levels_and_stores(client, history):
    shown = (await client.get("/v1/dashboard", params={"from": "2026-03-01", "to": "2026-03-10"})).json()

    figures = {name: figure["value"] for name, figure in shown["figures"].items()}
    assert figures == {
        "members": 2,
        "active_members": 2,
        "new_members": 2,
        "sales_minor": 19_000,
        "orders": 4,
        "average_order_minor": 4_750,
        "repurchase_rate": 5_000,
        "points_issued": 140,
        "points_used": 0,
        "points_expired": 0,
        "points_outstanding": 140,
        "member_sales_share": 8_947,
    }
    assert {figure["previous"] for figure in shown["figures"].values()} == {None}
    assert shown["period"] == {"from": "2026-03-01", "to": "2026-03-10"}
    assert shown["previous"] == {"from": "2026-02-19", "to": "2026-02-28"}
    assert [month["month"] for month in shown["months"]] == ["2026-03"]
    assert shown["months"][0]["member_sales_minor"] == 17_000
    assert len(shown["days"]) == 10
    assert shown["days"][6] == {
        "day": "2026-03-07",
        "sales_minor": 19_000,
        "member_sales_minor": 17_000,
        "orders": 4,
        "new_members": 0,
    }
    assert [(row["tier"] and row["tier"]["code"], row["members"]) for row in shown["tiers"]] == [
        ("bronze", 0),
        ("silver", 0),
        ("gold", 0),
        ("diamond", 0),
        (None, 2),
    ]
    assert [(row["store"]["name"], row["sales_minor"]) for row in shown["stores"]] == [("一号店", 10_000)]


async def test_figures_are_compared_where_records_reach_back_far_enough(client, history, database):
    async with database.transaction() as session:
        await stored(session, "old", [("A1", "1", "10")], placed_at=TODAY - timedelta(days=30))
    await consumers.run_until_idle(database)

    near = (await client.get("/v1/dashboard", params={"from": "2026-03-01"})).json()
    far = (await client.get("/v1/dashboard", params={"from": "2026-01-20"})).json()

    assert near["figures"]["sales_minor"] == {"value": 19_000, "previous": 0}
    assert near["figures"]["average_order_minor"] == {"value": 4_750, "previous": None}
    assert far["figures"]["sales_minor"] == {"value": 20_000, "previous": None}


async def test_a_period_stands_beside_the_same_days_of_the_year_before(client, history, database):
    async with database.transaction() as session:
        await stored(session, "start", [("A1", "1", "1")], placed_at=TODAY - timedelta(days=400))
        await stored(session, "old", [("A1", "1", "70")], placed_at=TODAY - timedelta(days=365 + 3))
    await consumers.run_until_idle(database)
    march = {"from": "2026-03-01", "to": "2026-03-10"}

    year = (await client.get("/v1/dashboard", params={**march, "compare": "last_year"})).json()
    alone = (await client.get("/v1/dashboard", params={**march, "compare": "none"})).json()
    wrong = await client.get("/v1/dashboard", params={**march, "compare": "tomorrow"})

    assert year["previous"] == {"from": "2025-03-01", "to": "2025-03-10"}
    assert year["figures"]["sales_minor"] == {"value": 19_000, "previous": 7_000}
    assert [day["sales_minor"] for day in year["previous_days"]] == [0, 0, 0, 0, 0, 0, 7_000, 0, 0, 0]
    assert (alone["previous"], alone["previous_days"]) == (None, [])
    assert alone["figures"]["sales_minor"] == {"value": 19_000, "previous": None}
    assert (wrong.status_code, wrong.json()["code"]) == (422, "request.invalid")


async def test_each_part_is_a_table_in_the_callers_language(client, history):
    march = {"from": "2026-03-06", "to": "2026-03-07"}

    async def table(part, language="zh-CN"):
        answer = await client.get(
            "/v1/dashboard/file", params={**march, "part": part}, headers={"Accept-Language": language}
        )
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert f"{part}-2026-03-06-2026-03-07.csv" in answer.headers["content-disposition"]
        return answer.content.decode("utf-8-sig").splitlines()

    assert (await table("figures"))[:6] == [
        "指标,2026-03-06 – 2026-03-07,2026-03-04 – 2026-03-05",
        "会员总数,0,",
        "活跃会员,2,",
        "新增会员,0,",
        "复购率,50.00%,",
        "销售额,190.00,",
    ]
    assert await table("days", "en") == [
        "Day,Sales,Sales to members,Orders,New members",
        "2026-03-06,0.00,0.00,0,0",
        "2026-03-07,190.00,170.00,4,0",
    ]
    assert (await table("months"))[1] == "2026-03,190.00,170.00,4,0,140,0,0,0"
    assert (await table("tiers", "en"))[0] == "Tier,Members"
    assert (await table("stores"))[0].split(",") == ["门店", "销售额", "订单数"]
    assert (await table("stores"))[1:] == ["一号店,100.00,1"]


@pytest.mark.parametrize(
    "period",
    [
        {"from": "2026-03-02", "to": "2026-03-01"},
        {"from": "1969-12-31", "to": "1970-01-02"},
        {"from": "2000-01-01", "to": "2026-01-01"},
        {"to": "2200-01-01"},
    ],
)
async def test_a_period_that_cannot_be_is_refused(client, period):
    answer = await client.get("/v1/dashboard", params=period)

    assert (answer.status_code, answer.json()["code"]) == (422, "analytics.bad_period")


async def test_a_day_that_is_none_is_refused(client):
    answer = await client.get("/v1/dashboard", params={"from": "2026-02-30"})

    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


async def test_the_map_the_segment_and_the_member_page_agree(client, history):
    one, two = history
    shown = (await client.get("/v1/analytics/rfm")).json()
    found = {}
    for segment in shown["segments"]:
        listed = await client.get("/v1/analytics/rfm/members", params={"segment": segment["code"]})
        for row in listed.json()["items"]:
            found[row["id"]] = segment["code"]
    overview = (await client.get(f"/v1/members/{one}/overview")).json()
    value = next(section["data"] for section in overview["sections"] if section["key"] == "value")

    assert (shown["as_of"], shown["members"], len(shown["cells"]), len(shown["segments"])) == ("2026-03-10", 2, 25, 10)
    assert sum(segment["share"] for segment in shown["segments"]) == 10_000
    assert sum(segment["net_spend_minor"] for segment in shown["segments"]) == 17_000
    assert sorted(found) == sorted([one, two])
    assert value["rfm"]["segment"] == found[one]


async def test_other_days_than_today_are_not_kept(client):
    clock.set_offset(TODAY - clock.wall())

    today = await client.get("/v1/analytics/rfm", params={"as_of": "2026-03-10"})
    other = await client.get("/v1/analytics/rfm", params={"as_of": "2026-03-09"})

    assert today.status_code == 200
    assert today.json()["cuts"] == {"recency_days": [], "frequency_rank": []}
    assert (other.status_code, other.json()["code"]) == (422, "analytics.as_of_not_kept")


async def test_unknown_segments_and_foreign_cursors_are_refused(client, history):
    unknown = await client.get("/v1/analytics/rfm/members", params={"segment": "everybody"})
    foreign = await client.get("/v1/analytics/rfm/members", params={"segment": "new", "cursor": "nonsense"})

    assert (unknown.status_code, unknown.json()["code"]) == (422, "request.invalid")
    assert foreign.json()["code"] == "pages.bad_cursor"


async def test_nobody_reads_figures_without_signing_in(anonymous):
    for path in ("/v1/dashboard", "/v1/analytics/rfm", "/v1/analytics/rfm/members?segment=new"):
        assert (await anonymous.get(path)).status_code == 401

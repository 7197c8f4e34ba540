"""The report of a week that was counted by hand, in all its parts."""

import pytest

from shuke.foundation.organization.testing import narrowed
from shuke.main.testing import signed_in
from shuke.platform.db import Database

from .ground import a_week

WEEK = {"from": "2026-03-02", "to": "2026-03-10"}
NOTHING = {
    "issued": 0, "claimed": 0, "received": 0, "redeemed": 0, "returned": 0, "expired": 0, "voided": 0,
    "discount_minor": 0, "cost_minor": 0, "orders": 0, "sales_minor": 0, "net_sales_minor": 0,
    "average_order_minor": None, "redemption_rate": None,
}  # fmt: skip
ORDERS = {"orders": 1, "sales_minor": 10_000, "net_sales_minor": 10_000, "average_order_minor": 10_000}


@pytest.fixture
async def week(database: Database, client):
    async with database.transaction() as session:
        return await a_week(session)


async def report(client, **asked) -> dict:
    answer = await client.get("/v1/coupon-reports/summary", params={**WEEK, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def by_key(shown: dict) -> dict:
    return {row["key"]: row["figures"] for row in shown["items"]}


async def test_the_total_counts_everything_once(client, week):
    total = (await report(client))["total"]

    assert total == {
        "issued": 105,  # five of members and a hundred codes; the exchanged one is one of these
        "claimed": 4,
        "received": 6,
        "redeemed": 4,
        "returned": 1,
        "expired": 1,
        "voided": 1,
        "discount_minor": 2_500,
        "cost_minor": 1_500,
        "orders": 2,
        "sales_minor": 15_000,
        "net_sales_minor": 10_000,
        "average_order_minor": 5_000,
        "redemption_rate": 286,
    }


async def test_days_are_those_of_the_shop_and_none_is_left_out(client, week):
    shown = await report(client)
    days = by_key(shown)

    assert shown["period"] == WEEK
    assert list(days) == [f"2026-03-{day:02d}" for day in range(2, 11)]
    assert days["2026-03-02"] == {
        **NOTHING, "issued": 102, "claimed": 1, "received": 2, "redemption_rate": 0
    }  # fmt: skip
    assert days["2026-03-03"] == {**NOTHING, "issued": 1, "claimed": 2, "received": 2, "redemption_rate": 0}
    assert days["2026-03-04"] == {
        **NOTHING, "redeemed": 3, "discount_minor": 2_500, "cost_minor": 1_500, "orders": 2, "sales_minor": 15_000,
        "net_sales_minor": 10_000, "average_order_minor": 5_000,
    }  # fmt: skip
    assert days["2026-03-06"] == {**NOTHING, "returned": 1}
    assert days["2026-03-07"] == NOTHING
    assert days["2026-03-10"] == {**NOTHING, "expired": 1, "voided": 1}


async def test_an_order_with_coupons_of_two_templates_is_in_both_and_once_in_all(client, week):
    shown = await report(client, by="template")
    templates = by_key(shown)

    assert shown["items"][0]["name"] == {"zh": "券 ten-off", "en": "Coupon ten-off"}
    assert templates["gift"] == {
        **NOTHING, **ORDERS, "issued": 2, "received": 2, "redeemed": 1, "voided": 1, "discount_minor": 500,
        "cost_minor": 500, "redemption_rate": 5_000,
    }  # fmt: skip
    assert templates["ten-off"] == {
        **NOTHING, "issued": 103, "claimed": 4, "received": 4, "redeemed": 3, "returned": 1, "expired": 1,
        "discount_minor": 2_000, "cost_minor": 1_000, "orders": 2, "sales_minor": 15_000, "net_sales_minor": 10_000,
        "average_order_minor": 5_000, "redemption_rate": 194,
    }  # fmt: skip
    assert shown["total"]["orders"] == 2


async def test_stores_have_what_happened_in_them(client, week):
    stores = by_key(await report(client, by="store"))

    assert list(stores) == [str(week.north), None, str(week.south)]
    assert stores[str(week.north)] == {
        **NOTHING, **ORDERS, "redeemed": 2, "discount_minor": 1_500, "cost_minor": 1_500
    }  # fmt: skip
    assert stores[str(week.south)] == {**NOTHING, "redeemed": 1}
    assert (stores[None]["issued"], stores[None]["redeemed"]) == (105, 1)


async def test_channels_are_how_coupons_came_and_where_they_went(client, week):
    channels = by_key(await report(client, by="channel"))

    assert {key: (one["issued"], one["redeemed"], one["returned"]) for key, one in channels.items()} == {
        "claim": (3, 0, 0),
        "staff": (2, 0, 0),
        "code": (100, 0, 0),
        "exchange": (0, 0, 0),
        "till": (0, 3, 0),
        "web": (0, 1, 1),
        None: (0, 0, 0),
    }


@pytest.mark.parametrize(
    ("asked", "issued", "redeemed", "orders"),
    [
        ({"template": "gift"}, 2, 1, 1),
        ({"channel": "web"}, 0, 1, 1),
        ({"channel": "code"}, 100, 0, 0),
        ({"from": "2026-03-04"}, 2, 4, 2),
        ({"to": "2026-03-01"}, 0, 0, 0),
    ],
)
async def test_a_report_can_be_narrowed(client, week, asked, issued, redeemed, orders):
    total = (await report(client, **({"from": "2026-02-01"} if "to" in asked else {}), **asked))["total"]

    assert (total["issued"], total["redeemed"], total["orders"]) == (issued, redeemed, orders)


async def test_who_sees_one_store_sees_what_happened_there(app, database: Database, client, week):
    async with signed_in(app, database, role="viewer") as browser:
        async with database.transaction() as session:
            await narrowed(session, role="viewer", stores=[week.south])
        own = await report(browser, by="template")
        other = await report(browser, store=week.north)

    assert own["total"] == {**NOTHING, "redeemed": 1}
    assert [row["key"] for row in own["items"]] == ["ten-off"]
    assert other["total"] == NOTHING


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
    answer = await client.get("/v1/coupon-reports/summary", params=period)

    assert (answer.status_code, answer.json()["code"]) == (422, "coupons.bad_report_period")


async def test_an_unknown_template_is_refused(client):
    answer = await client.get("/v1/coupon-reports/summary", params={"template": "nothing"})

    assert (answer.status_code, answer.json()["code"]) == (404, "coupons.template_not_found")


async def test_nobody_reads_figures_without_the_permission(anonymous):
    assert (await anonymous.get("/v1/coupon-reports/summary")).status_code == 401

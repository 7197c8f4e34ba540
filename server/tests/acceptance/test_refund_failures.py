"""What went wrong at other systems' tills and with their refunds, and must not here, each over HTTP.

The numbers go on from `test_real_failures.py`; 13 and 14 are in `test_caps_and_budgets.py`.
"""

import ast
import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout, earning, ledger
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database
from shuke.platform.embedded import Urls
from shuke.platform.i18n import LocalName

pytestmark = pytest.mark.anyio
SERVER = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
MEMBER = {"phone": "15400000001"}
PAYING = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}
STEPS = [{"from_minor": 20_000, "points": 100}, {"from_minor": 50_000, "points": 400}]


def lines(*prices: str) -> list[dict[str, str]]:
    return [
        {"product": f"P{place}", "quantity": "1", "unit_price": price} for place, price in enumerate(prices, start=1)
    ]


CART = {"source": "till-7", "member": MEMBER, "lines": lines("100")}


def order(number: str, *prices: str, **changes: Any) -> dict[str, Any]:
    return {
        "source": "till-7",
        "number": number,
        "placed_at": "2026-03-01T12:00:00+08:00",
        "member": MEMBER,
        "lines": lines(*prices),
        **changes,
    }


def refund(number: str, of: str, **changes: Any) -> dict[str, Any]:
    placed_at = "2026-03-01T15:00:00+08:00"
    return {"source": "till-7", "number": number, "refund_of": of, "placed_at": placed_at, **changes}


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop that takes points: a hundred for a yuan."""
    set_shop_clock(NOW)
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    assert (await client.put("/v1/checkout/policies", json=PAYING)).status_code == 200
    return client


async def post(client: httpx.AsyncClient, path: str, body: dict[str, Any], status: int) -> dict[str, Any]:
    answer = await client.post(f"/v1/{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def publish(database: Database, definition: dict[str, Any]) -> None:
    async with database.transaction() as session:
        await earning.publish_definition(
            session,
            code="spring",
            name=LocalName("春季加赠", "Spring bonus"),
            definition=definition,
            effective_from=ALWAYS,
            actor=SYSTEM,
        )


async def available(client: httpx.AsyncClient) -> int:
    """What the member has, by a quotation, which writes nothing."""
    return int((await post(client, "checkout/quote", CART, 200))["points"]["available"])


async def everything(database: Database) -> list[tuple[Any, ...]]:
    """All that a document can move or leave behind."""
    counted = (
        "member", "sales_order", "order_number", "order_award", "ledger_entry", "ledger_lot", "ledger_operation",
        "waiting_refund", "checkout_hold", "activity", "tier_change", "idempotency",
    )  # fmt: skip
    async with database.transaction() as session:
        rows = [
            tuple((await session.execute(text(f"select '{name}', count(*) from {name}"))).one()) for name in counted
        ]
        sums = await session.execute(
            text("select member_id, currency_id, version, available, held, debt from ledger_account order by 1, 2")
        )
        return [*rows, *(tuple(row) for row in sums)]


async def verified(database: Database) -> None:
    """Every account and the whole chain are right."""
    report = await ledger.verify_ledger(database)
    assert report.ok, report


async def test_7_a_refund_that_is_sent_twice_takes_back_once(till: httpx.AsyncClient, database: Database) -> None:
    """mollie#928: a refund that was told twice was booked twice."""
    await post(till, "orders", order("0", "300"), 201)
    await post(till, "checkout/commit", order("1", "100", points=100), 201)
    once = refund("r1", "1", is_whole=True)

    answers = await asyncio.gather(*(till.post("/v1/checkout/refund", json=once) for _ in range(10)))
    other = await till.post("/v1/checkout/refund", json=refund("r2", "1", is_whole=True))

    assert [answer.status_code for answer in answers].count(201) == 1
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert other.json()["code"] == "checkout.refund_exceeds_order"
    assert await available(till) == 300
    await verified(database)


async def test_7_a_refund_before_the_award_takes_back_nothing_and_then_everything(
    till: httpx.AsyncClient, database: Database
) -> None:
    """nop#5595: points of an order that had been refunded before they were given stayed for ever."""
    early = await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 202)
    assert (early["state"], early["points"]) == ("waiting", None)

    await post(till, "checkout/commit", order("1", "100"), 201)

    late = await post(till, "checkout/refund", refund("r1", "1", is_whole=True), 200)
    assert (late["points"]["taken_back"], late["points"]["balance"], late["points"]["debt"]) == (100, 0, 0)
    assert await available(till) == 0
    await verified(database)


async def test_7_the_rest_of_an_order_that_was_refunded_in_part_can_be_given_back_and_no_more(
    till: httpx.AsyncClient, database: Database
) -> None:
    """nop#5595: cancelling after a partial refund took back the points of the whole order again."""
    await post(till, "orders", order("0", "300"), 201)
    await post(till, "checkout/commit", order("1", "100", "100", points=100), 201)

    part = await post(till, "checkout/refund", refund("r1", "1", lines=[{"product": "P1", "quantity": "1"}]), 201)
    rest = await post(till, "checkout/refund", refund("r2", "1", is_whole=True), 201)

    assert part["points"]["taken_back"] + rest["points"]["taken_back"] == 199
    assert part["points"]["returned"] + rest["points"]["returned"] == 100
    assert (rest["points"]["balance"], rest["points"]["debt"]) == (300, 0)
    cancelled = await till.post("/v1/checkout/cancel", json={"source": "till-7", "number": "1"})
    assert cancelled.status_code in {404, 409, 422}
    assert await available(till) == 300
    await verified(database)


@pytest.mark.parametrize("path", ["orders", "checkout/commit"])
async def test_8_an_order_that_is_told_three_times_earns_once(
    till: httpx.AsyncClient, database: Database, path: str
) -> None:
    """odoo#222372: a payment told three times gave the points three times."""
    told = order("1", "100")

    at_once = await asyncio.gather(*(till.post(f"/v1/{path}", json=told) for _ in range(3)))
    later = [await till.post(f"/v1/{path}", json=told) for _ in range(3)]

    assert [answer.status_code for answer in at_once].count(201) == 1
    assert {answer.status_code for answer in at_once} <= {200, 201, 409}
    assert [answer.status_code for answer in later] == [200] * 3
    assert len({answer.json()["order_id"] for answer in later}) == 1
    assert await available(till) == 100
    await verified(database)


async def test_8_an_award_that_is_told_three_times_is_given_once(till: httpx.AsyncClient, database: Database) -> None:
    """odoo#222372, for what is no order: whoever tells of it, tells it again until somebody answers."""
    gift = {"kind": "fixed", "points": 10}
    await publish(database, {"activity": "check_in", "branches": [{"effects": [gift]}]})
    await post(till, "orders", order("0", "1"), 201)
    told = {
        "source": "app",
        "key": "1",
        "kind": "check_in",
        "member": "phone:15400000001",
        "occurred_at": "2026-03-01T12:00:00+08:00",
    }

    at_once = await asyncio.gather(*(till.post("/v1/activities", json=told) for _ in range(3)))
    later = await till.post("/v1/activities", json=told)

    assert [answer.status_code for answer in at_once].count(201) == 1
    assert {answer.status_code for answer in at_once} <= {200, 201, 409}
    assert later.status_code == 200
    assert await available(till) == 11
    await verified(database)


async def test_9_a_till_that_was_offline_replays_its_day(till: httpx.AsyncClient, database: Database) -> None:
    """OCA#185: a till that came back sent its orders again, and they counted again."""
    bodies = [order(str(number), "100") for number in range(20)]
    back = {**order("r3", "100"), "kind": "refund", "refund_of": "3", "placed_at": "2026-03-01T13:00:00+08:00"}

    first = await post(till, "orders/batch", {"orders": [back, *bodies[:12]]}, 200)
    after_first = await available(till)
    again = await post(till, "orders/batch", {"orders": [*bodies, back]}, 200)
    before = await everything(database)
    third = await post(till, "orders/batch", {"orders": [back, *reversed(bodies)]}, 200)

    assert after_first == 1_100
    assert [one["status"] for one in first["results"][1:]] == ["created"] * 12
    assert [one["status"] for one in again["results"]] == ["unchanged"] * 12 + ["created"] * 8 + ["unchanged"]
    assert {one["status"] for one in third["results"]} == {"unchanged"}
    assert await everything(database) == before
    assert await available(till) == 1_900
    await verified(database)


async def test_15_a_return_that_breaks_a_threshold_takes_back_what_the_threshold_gave(
    till: httpx.AsyncClient, database: Database
) -> None:
    """Who returns a part keeps what the rest deserves: 600 yuan reached 500, then 200, then nothing."""
    await publish(database, {"branches": [{"effects": [{"kind": "steps", "steps": STEPS}]}]})
    sold = await post(till, "orders", order("1", "200", "250", "150"), 201)

    done = [
        await post(till, "checkout/refund", refund(f"r{place}", "1", lines=[{"line_no": place, "quantity": "1"}]), 201)
        for place in (1, 2, 3)
    ]

    assert sold["points"]["balance"] == 600 + 400
    # 400 yuan are left, then 150, then nothing.
    assert [one["points"]["taken_back"] for one in done] == [200 + 300, 250 + 100, 150]
    assert [one["points"]["balance"] for one in done] == [400 + 100, 150, 0]
    await verified(database)


async def test_15_a_return_that_stays_above_the_threshold_keeps_what_it_gave(
    till: httpx.AsyncClient, database: Database
) -> None:
    await publish(database, {"branches": [{"effects": [{"kind": "steps", "steps": STEPS}]}]})
    await post(till, "orders", order("1", "500", "100"), 201)

    kept = await post(till, "checkout/refund", refund("r1", "1", lines=[{"line_no": 2, "quantity": "1"}]), 201)
    broken = await post(till, "checkout/refund", refund("r2", "1", amount_minor=1), 201)

    assert (kept["points"]["taken_back"], kept["points"]["balance"]) == (100, 500 + 400)
    # One fen less than 500 yuan: the lower step, and a yuan that is not whole any more.
    assert (broken["points"]["taken_back"], broken["points"]["balance"]) == (1 + 300, 499 + 100)
    await verified(database)


async def test_16_a_member_pays_with_the_number_of_points_they_chose(
    till: httpx.AsyncClient, database: Database
) -> None:
    """ruoyi: whoever had points had to use all of them; odoo#264931: orders for nothing failed."""
    await post(till, "orders", order("0", "100000"), 201)

    some = await post(till, "checkout/commit", order("1", "100", points=37), 201)
    none = await post(till, "checkout/commit", order("2", "100"), 201)
    everything_paid = await post(till, "checkout/commit", order("3", "100", points=10_000), 201)

    assert [one["points"]["used"] for one in (some, none, everything_paid)] == [37, 0, 10_000]
    assert [one["points"]["earned"] for one in (some, none, everything_paid)] == [99, 100, 0]
    assert await available(till) == 100_000 - 37 + 99 + 100 - 10_000
    policy = {**PAYING["points_payment"], "may_pay_all": False}
    await till.put("/v1/checkout/policies", json={"points_payment": policy})
    before = await everything(database)
    refused = await till.post("/v1/checkout/commit", json=order("4", "100", points=10_000))
    assert (refused.status_code, refused.json()["code"]) == (422, "checkout.too_many_points")
    assert await everything(database) == before
    await verified(database)


def test_17_every_way_to_judge_levels_has_a_golden_case() -> None:
    """The cases themselves are worked out by hand in the tests of tiers; none of them may go missing."""
    wanted = {
        "test_rolling_365_day_spend_with_separate_keep_threshold",
        "test_calendar_year_points",
        "test_membership_anniversary",
        "test_lifetime_growth_with_refund_only_demotion",
        "test_jd_deduct_and_rejudge",
        "test_tencent_style_service_period_restarted_on_promotion",
        "test_one_level_down_with_grace",
        "test_vip_floor",
        "test_manual_grant_with_end_date",
    }
    source = (SERVER / "src/shuke/loyalty/tiers/tests/test_golden_cases.py").read_text()
    there = {one for one in ast.parse(source).body if isinstance(one, ast.FunctionDef)}

    assert wanted <= {one.name for one in there}
    # Each says more than that nothing was raised.
    silent = [one.name for one in there if one.name in wanted and "assert" not in ast.unparse(one)]
    assert silent == []


_REFUSE = """
    create function refuse_answers() returns trigger language plpgsql as
    $$ begin raise exception 'the store of answers is out of order'; end $$;
    create trigger refuse_answers before insert on idempotency for each row execute function refuse_answers()
"""
OUT_OF_ORDER = {
    "cannot be written": (_REFUSE, "drop trigger refuse_answers on idempotency"),
    "cannot be found": (
        "alter table idempotency rename to idempotency_away",
        "alter table idempotency_away rename to idempotency",
    ),
}


@pytest.fixture
async def owner(database: Database, database_urls: Urls) -> AsyncIterator[asyncpg.Connection]:
    """The owner of the tables, who may put the store of answers out of order."""
    connection = await asyncpg.connect(database_urls.owner)
    yield connection
    await connection.close()


@pytest.mark.parametrize("how", OUT_OF_ORDER)
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("checkout/commit", order("1", "100", points=50)),
        ("checkout/refund", refund("r1", "0", is_whole=True)),
        ("checkout/hold", {"number": "1", "cart": {**CART, "points": 50}}),
        ("orders", order("1", "100")),
    ],
)
async def test_21_where_answers_cannot_be_kept_nothing_is_done(
    till: httpx.AsyncClient, database: Database, owner: asyncpg.Connection, path: str, body: dict[str, Any], how: str
) -> None:
    """seadogwang: with the store of keys down, the guard was left out and the request done all the same."""
    await post(till, "orders", order("0", "300"), 201)
    key = {"Idempotency-Key": "the-same-key"}
    before = await everything(database)
    spoil, mend = OUT_OF_ORDER[how]

    await owner.execute(spoil)
    refused = [await till.post(f"/v1/{path}", json=body, headers=key) for _ in range(2)]
    await owner.execute(mend)

    assert {answer.status_code for answer in refused} <= {500, 503}
    assert await everything(database) == before
    # And once the store is there again, the same request is done, once.
    done = [await till.post(f"/v1/{path}", json=body, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in done] in ([201, 201], [200, 200])
    assert [answer.headers.get("idempotent-replay") for answer in done] == [None, "true"]
    assert await everything(database) != before
    await verified(database)

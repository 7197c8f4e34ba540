"""Why goods came back: kept with the refund, shown with its order, and gone with its member."""

from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import text

from shuke.loyalty import checkout
from shuke.loyalty.checkout.testing import set_shop_clock
from shuke.people import members
from shuke.platform.db import Database
from shuke.platform.module import contributions

from .test_till import order, post, refund, state

pytestmark = pytest.mark.anyio


@pytest.fixture
async def till(client: httpx.AsyncClient, database: Database) -> httpx.AsyncClient:
    """The client of a shop, on the second of March."""
    set_shop_clock(datetime(2026, 3, 2, 4, tzinfo=UTC))
    async with database.transaction() as session:
        await checkout.set_up_programme(session, money="CNY")
    return client


async def test_a_refund_keeps_why_goods_came_back(till: httpx.AsyncClient, database: Database) -> None:
    await post(till, "checkout/commit", order("1"), 201)
    why = {"reason": "faulty", "note": "  杯口有裂纹  "}
    told = refund("r1", "1", lines=[{"line_no": 2, "quantity": "1"}], **why)

    done = await post(till, "checkout/refund", told, 201)
    # Words may change; another reason is another refund.
    again = await post(till, "checkout/refund", {**told, "note": "杯口裂了"}, 200)
    other = await post(till, "checkout/refund", {**told, "reason": "price"}, 409)

    assert (again["state"], other["code"]) == ("unchanged", "checkout.number_taken")
    shown = (await till.get(f"/v1/orders/{done['order_id']}")).json()
    assert (shown["refund_reason"], shown["refund_note"]) == ("faulty", "杯口有裂纹")
    sold = (await till.get(f"/v1/orders/{told['source']}:1")).json()
    assert [(one["reason"], one["note"]) for one in sold["refunds"]] == [("faulty", "杯口有裂纹")]
    assert (sold["refund_reason"], sold["refund_note"]) == (None, None)
    listed = (await till.get("/v1/orders", params={"kind": "refund"})).json()["items"]
    assert [(one["number"], one["refund_reason"]) for one in listed] == [("r1", "faulty")]


@pytest.mark.parametrize("wrong", [{"reason": "mood"}, {"note": "\x00"}, {"note": " "}, {"note": "字" * 201}])
async def test_a_reason_that_is_none_is_refused(
    till: httpx.AsyncClient, database: Database, wrong: dict[str, str]
) -> None:
    await post(till, "orders", order("1"), 201)
    before = await state(database)

    answer = await till.post("/v1/checkout/refund", json=refund("r1", "1", is_whole=True, **wrong))

    assert answer.status_code == 422
    assert await state(database) == before


async def test_words_on_a_refund_go_with_its_member(till: httpx.AsyncClient, database: Database) -> None:
    await post(till, "orders", order("1"), 201)
    done = await post(
        till, "checkout/refund", refund("r1", "1", is_whole=True, reason="other", note="李女士的朋友来退"), 201
    )
    async with database.transaction() as session:
        (holder,) = (one for one in contributions(members.PersonalData) if one.key == "refund_notes")
        assert holder.erase is not None
        assert await holder.erase(session, [done["member_id"]]) == 1

    shown = (await till.get(f"/v1/orders/{done['order_id']}")).json()
    assert (shown["refund_reason"], shown["refund_note"]) == ("other", None)


async def test_words_on_a_refund_whose_order_is_not_here_are_not_kept(
    till: httpx.AsyncClient, database: Database
) -> None:
    early = refund("r1", "1", lines=[{"line_no": 2, "quantity": "1"}], reason="price", note="王先生")
    await post(till, "checkout/refund", early, 202)
    async with database.transaction() as session:
        kept = (await session.execute(text("select content::text from waiting_refund"))).scalar_one()
    await post(till, "checkout/commit", order("1"), 201)
    again = await post(till, "checkout/refund", early, 200)

    assert "王先生" not in kept
    shown = (await till.get(f"/v1/orders/{again['order_id']}")).json()
    assert (shown["refund_reason"], shown["refund_note"]) == ("price", None)

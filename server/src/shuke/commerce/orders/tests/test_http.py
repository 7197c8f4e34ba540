"""Orders and products over HTTP."""

import pytest

from shuke.commerce.orders.queries import orders as order_queries
from shuke.commerce.orders.testing import PLACED_AT, stored
from shuke.foundation import organization
from shuke.loyalty.ledger.testing import credited, operation, two_currencies
from shuke.people.members.testing import enrolled, external, person


@pytest.fixture
async def history(database, client):
    """A member's sale with points, its refund, and a guest's sale; the ids of the member and the sale."""
    async with database.transaction() as session:
        await two_currencies(session)
        stores = await organization.ensure_stores(session, [organization.NewStore(code="s1", name="一号店")])
        (member_id,) = await enrolled(session, [person("王小明", external("17850"))])
        sale = await stored(
            session, "536365", [("A1", "2", "10"), ("POST", "1", "5")], member_id=member_id, store_id=stores["s1"]
        )
        await stored(
            session,
            "C536379",
            [("A1", "-1", "10")],
            member_id=member_id,
            kind="refund",
            matches=[(1, "same_price", sale.order_id, 1)],
        )
        await stored(session, "536366")
        await credited(
            session, member_id, 20, operation("order:till:536365", origin_kind="order", origin_id=sale.order_id)
        )
    return member_id, sale.order_id


async def test_the_list_shows_members_stores_and_points(client, history):
    member_id, order_id = history

    shown = (await client.get("/v1/orders", params={"q": "536365"})).json()

    (row,) = shown["items"]
    assert shown["next"] is None
    assert row == {
        "id": order_id,
        "kind": "sale",
        "number": "536365",
        "source": "till",
        "placed_at": "2026-03-01T12:00:00Z",
        "store": {"id": row["store"]["id"], "name": "一号店"},
        "member": {"id": member_id, "number": row["member"]["number"], "name": "王*明"},
        "currency": "CNY",
        "gross_minor": 2_500,
        "net_minor": 2_500,
        "refunded_minor": 0,
        "line_count": 2,
        "points_used": 0,
        "points_minor": 0,
        "coupon_minor": 0,
        "refund_reason": None,
        "refund_note": None,
        "status": row["status"],
        "points": 20,
    }


async def test_filters_take_days_of_the_shop_and_members_by_natural_key(client, history):
    async def numbers(**params):
        answer = await client.get("/v1/orders", params=params)
        return sorted(row["number"] for row in answer.json()["items"])

    assert await numbers(member="external:till:17850") == ["536365", "C536379"]
    assert await numbers(kind="refund") == ["C536379"]
    assert await numbers(**{"from": "2026-03-01", "to": "2026-03-01"}) == ["536365", "536366", "C536379"]
    assert await numbers(**{"from": "2026-03-02"}) == []
    assert await numbers(**{"from": "0001-01-01", "to": "9999-12-31"}) == ["536365", "536366", "C536379"]
    assert await numbers(store="999") == []


async def test_a_count_comes_only_when_asked_for_and_stops_at_the_cap(client, history, monkeypatch):
    member_id, _ = history

    plain = (await client.get("/v1/orders")).json()
    counted = (await client.get("/v1/orders", params={"count": "capped", "kind": "sale", "limit": 1})).json()
    of_member = (await client.get(f"/v1/members/{member_id}/orders", params={"count": "capped"})).json()
    monkeypatch.setattr(order_queries, "COUNT_CAP", 1)
    capped = (await client.get("/v1/orders", params={"count": "capped"})).json()

    assert plain["count"] is None
    assert (len(counted["items"]), counted["count"]) == (1, {"value": 2, "is_capped": False})
    assert of_member["count"] == {"value": 2, "is_capped": False}
    assert capped["count"] == {"value": 1, "is_capped": True}


async def test_the_page_of_an_order_has_lines_refunds_and_reasons(client, history):
    _, order_id = history

    by_id = (await client.get(f"/v1/orders/{order_id}")).json()
    by_key = (await client.get("/v1/orders/till:536365")).json()
    refund = (await client.get("/v1/orders/till:C536379")).json()

    assert by_id == by_key
    assert by_id["lines"][1] == {
        "line_no": 2,
        "product": {"code": "POST", "name": "Product POST"},
        "quantity": "1",
        "unit_price": "5",
        "amount_minor": 500,
        "refunded_quantity": "0",
        "is_goods": False,
    }
    assert [(one["number"], one["amount_minor"]) for one in by_id["refunds"]] == [("C536379", 1_000)]
    assert by_id["matches"] is None
    assert [(one["account"], one["amount"]) for one in by_id["points"]] == [("points", 20)]
    assert [(one["how"], one["order"]) for one in refund["matches"]] == [
        ("same_price", {"id": order_id, "number": "536365"})
    ]


async def test_the_orders_of_a_member_and_the_overview_agree(client, history):
    member_id, _ = history

    listed = (await client.get(f"/v1/members/{member_id}/orders", params={"sort": "net_minor"})).json()
    overview = (await client.get(f"/v1/members/{member_id}/overview")).json()
    timeline = (await client.get(f"/v1/members/{member_id}/timeline", params={"limit": 2})).json()

    assert [row["number"] for row in listed["items"]] == ["C536379", "536365"]
    sections = {section["key"]: section["data"] for section in overview["sections"]}
    assert (sections["orders"]["order_count"], sections["orders"]["net_spend_minor"]) == (1, 1_000)
    assert sections["points"]["accounts"][0]["available"] == 20
    assert len(timeline["items"]) == 2
    assert timeline["next"] is not None


async def test_what_is_missing_or_malformed_is_refused(client, history):
    missing = await client.get("/v1/orders/99999999")
    unknown_member = await client.get("/v1/orders", params={"member": "99999999"})
    bad_kind = await client.get("/v1/orders", params={"kind": "gift"})
    bad_sort = await client.get("/v1/orders", params={"sort": "number"})
    bad_cursor = await client.get("/v1/orders", params={"cursor": "x"})

    assert (missing.status_code, missing.json()["code"]) == (404, "orders.not_found")
    assert (unknown_member.status_code, unknown_member.json()["code"]) == (404, "members.not_found")
    assert [answer.status_code for answer in (bad_kind, bad_sort, bad_cursor)] == [422, 422, 422]


async def test_products_are_listed(client, history):
    shown = (await client.get("/v1/products", params={"q": "post"})).json()

    assert [(row["code"], row["is_goods"]) for row in shown["items"]] == [("POST", False)]


async def test_nobody_reads_orders_without_signing_in(anonymous):
    for path in ("/v1/orders", "/v1/orders/1", "/v1/members/1/orders", "/v1/products"):
        assert (await anonymous.get(path)).status_code == 401


async def test_a_viewer_may_read_orders(viewer):
    assert (await viewer.get("/v1/orders", params={"from": PLACED_AT.date().isoformat()})).status_code == 200

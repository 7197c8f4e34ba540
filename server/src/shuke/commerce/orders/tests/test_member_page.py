"""What orders add to the page of a member, and the page of one order."""

from datetime import UTC, datetime, timedelta

from shuke.commerce import orders
from shuke.commerce.orders import sections
from shuke.commerce.orders.queries import list_lines, list_matches, list_refunds
from shuke.commerce.orders.testing import PLACED_AT, stored
from shuke.commerce.orders.views import show_order, show_orders
from shuke.foundation.organization.testing import a_shop
from shuke.platform import clock, module
from shuke.platform.actor import EVERYTHING


async def test_figures_of_a_member_count_goods_less_refunds_and_leave_adjustments_out(session):
    await a_shop(session)
    clock.set_offset(datetime(2026, 3, 11, 12, tzinfo=UTC) - clock.wall())
    sale = await stored(session, "1", [("A1", "3", "10"), ("POST", "1", "5")], member_id=7)
    await stored(session, "2", [("B2", "1", "100")], member_id=7)
    returned = [("A1", "-1", "10"), ("Z", "-1", "3"), ("POST", "-1", "5")]
    matches = [(1, "same_price", sale.order_id, 1), (2, "unmatched", None, None), (3, "unmatched", None, None)]
    await stored(session, "C1", returned, member_id=7, kind="refund", matches=matches)
    await stored(session, "A1", [("B2", "1", "-99")], member_id=7, kind="adjustment")
    await stored(session, "3", member_id=8)

    shown = await sections.load_section(session, 7, "zh")

    assert shown.model_dump() == {
        "order_count": 2,
        "refund_count": 1,
        "net_spend_minor": 11_700,
        "average_order_minor": 5_850,
        "days_since_last_order": 10,
        "favourite_products": [
            {"code": "B2", "name": "Product B2", "quantity": "1", "amount_minor": 10_000},
            {"code": "A1", "name": "Product A1", "quantity": "3", "amount_minor": 3_000},
        ],
        "currency": "CNY",
    }


async def test_a_member_without_orders_has_empty_figures(session):
    await a_shop(session)

    shown = await sections.load_section(session, 7, "en")

    assert (shown.order_count, shown.average_order_minor, shown.days_since_last_order) == (0, 0, None)
    assert shown.favourite_products == []


async def test_days_since_the_last_order_are_the_shops_days(session):
    await a_shop(session, time_zone="Asia/Shanghai")
    # 17:30 UTC is 01:30 on the next day in Shanghai.
    await stored(session, "1", member_id=7, placed_at=datetime(2026, 3, 1, 17, 30, tzinfo=UTC))

    clock.set_offset(datetime(2026, 3, 2, 15, tzinfo=UTC) - clock.wall())
    same_day = await sections.load_section(session, 7, "zh")
    clock.set_offset(datetime(2026, 3, 2, 16, 1, tzinfo=UTC) - clock.wall())
    next_day = await sections.load_section(session, 7, "zh")

    assert (same_day.days_since_last_order, next_day.days_since_last_order) == (0, 1)


async def test_the_timeline_goes_on_where_another_kind_stopped(session):
    await a_shop(session)
    first = await stored(session, "1", member_id=7)
    second = await stored(session, "2", member_id=7)
    await stored(session, "3", member_id=7, placed_at=PLACED_AT - timedelta(days=1))

    everything = await sections.load_orders(session, 7, None, 10, "zh")
    below_second = await sections.load_orders(session, 7, (PLACED_AT, f"order:{second.order_id:019d}"), 10, "zh")
    # In the order of ids as text "points" comes above "order" and "member" below it, at the same instant.
    below_points = await sections.load_orders(session, 7, (PLACED_AT, "points:0000000000000000001"), 10, "zh")
    below_member = await sections.load_orders(session, 7, (PLACED_AT, "member:7:joined"), 10, "zh")

    assert [item.title for item in everything] == ["订单 2", "订单 1", "订单 3"]
    assert [item.title for item in below_second] == ["订单 1", "订单 3"]
    assert [item.title for item in below_points] == ["订单 2", "订单 1", "订单 3"]
    assert [item.title for item in below_member] == ["订单 3"]
    assert everything[1].id == f"order:{first.order_id:019d}"


async def test_refunds_are_a_kind_of_their_own(session):
    await a_shop(session)
    await stored(session, "1", member_id=7)
    await stored(session, "C1", [("A1", "-1", "10")], member_id=7, kind="refund")

    (refund,) = await sections.load_refunds(session, 7, None, 10, "en")

    assert (refund.kind, refund.type, refund.title) == ("refund", "order.refunded", "Refund C1")
    assert refund.amount_minor == -1_000


async def test_a_refund_says_which_order_each_part_belongs_to_and_the_order_who_took_it_back(session):
    sale = await stored(session, "1", [("A1", "3", "10"), ("B2", "1", "7")], member_id=7)
    refund = await stored(
        session,
        "C1",
        [("A1", "-2", "10"), ("Z", "-1", "3")],
        member_id=7,
        kind="refund",
        matches=[(1, "same_price", sale.order_id, 1), (2, "unmatched", None, None)],
    )
    shown_sale = await orders.get_order(session, str(sale.order_id), EVERYTHING)
    shown_refund = await orders.get_order(session, str(refund.order_id), EVERYTHING)

    lines = await list_lines(session, shown_sale)
    refunds = await list_refunds(session, shown_sale)
    matches = await list_matches(session, shown_refund)

    assert [(line.line_no, line.product.code, line.amount_minor) for line in lines] == [
        (1, "A1", 3_000),
        (2, "B2", 700),
    ]
    assert [(one.number, one.amount_minor) for one in refunds] == [("C1", 2_000)]
    assert [(one.product.code, one.how, one.order_id) for one in matches] == [
        ("A1", "same_price", sale.order_id),
        ("Z", "unmatched", None),
    ]
    assert await list_refunds(session, shown_refund) == []


async def test_modules_above_add_fields_to_a_list_and_to_an_order(session, monkeypatch):
    async def load(_session, keys):
        return {order_id: member_id * 100 for member_id, order_id in keys if member_id}

    async def load_one(_session, member_id, order_id, language):
        return [member_id, order_id, language]

    facts = orders.OrderFacts(key="points", in_list=int | None, on_page=list[int | str], load=load, load_one=load_one)
    monkeypatch.setattr(module, "_installed", (module.Module(name="above", contributions=(facts,)),))

    guest = await stored(session, "1")
    order = await orders.get_order(session, str(guest.order_id), EVERYTHING)

    (row,) = await show_orders(session, [order], EVERYTHING)
    page = await show_order(session, order, EVERYTHING, "en")

    assert (row.model_extra, row.member, row.store) == ({"points": None}, None, None)
    assert page.model_dump()["points"] == [0, guest.order_id, "en"]
    assert page.lines[0].quantity == "1"

"""Lists of orders: filters, sorts and pages are exact."""

from datetime import UTC, datetime, timedelta

import pytest

from shuke.commerce import orders
from shuke.commerce.orders.queries import OrderFilter, list_orders
from shuke.commerce.orders.testing import PLACED_AT, stored
from shuke.platform.actor import EVERYTHING
from shuke.platform.pages import BadCursor


async def _numbers(session, *, sort="-placed_at", limit=50, **where) -> list[str]:
    page = await list_orders(session, EVERYTHING, where=OrderFilter(**where), sort=sort, limit=limit, cursor=None)
    return [order.number for order in page.items]


async def test_pages_show_every_order_once_also_where_many_have_the_same_time(session):
    for number in range(7):
        await stored(session, f"N{number}", placed_at=PLACED_AT + timedelta(minutes=number // 3))

    seen: list[str] = []
    cursor = None
    while True:
        page = await list_orders(session, EVERYTHING, where=OrderFilter(), sort="-placed_at", limit=2, cursor=cursor)
        seen += [order.number for order in page.items]
        cursor = page.next
        if cursor is None:
            break

    assert seen == ["N6", "N5", "N4", "N3", "N2", "N1", "N0"]


async def test_orders_are_sorted_by_what_refunds_have_left_of_them(session):
    large = await stored(session, "large", [("A1", "10", "10")])
    await stored(session, "small", [("A1", "2", "10")])
    await orders.note_refunds(
        session,
        [
            orders.RefundedOrder(
                0,
                large.order_id,
                refunded_minor=9_000,
                goods_refunded_minor=9_000,
                counts_minor=1_000,
                points_returned=0,
                is_whole=False,
            )
        ],
        [],
    )

    assert await _numbers(session, sort="-net_minor") == ["small", "large"]
    assert await _numbers(session, sort="net_minor") == ["large", "small"]


async def test_filters_narrow_the_list(session):
    await stored(session, "536365", member_id=7)
    await stored(session, "536366", member_id=8, placed_at=PLACED_AT + timedelta(days=1))
    await stored(session, "C536379", [("A1", "-1", "10")], member_id=7, kind="refund")

    assert await _numbers(session, number="5363") == ["536366", "536365"]
    assert await _numbers(session, number="536366") == ["536366"]
    assert await _numbers(session, number="36366") == []
    assert await _numbers(session, kind="refund") == ["C536379"]
    assert await _numbers(session, member_ids=(7,)) == ["C536379", "536365"]
    assert await _numbers(session, from_at=PLACED_AT + timedelta(hours=1)) == ["536366"]
    assert await _numbers(session, until_at=PLACED_AT) == []


async def test_a_cursor_of_another_sort_or_with_nonsense_is_refused(session):
    for number in range(3):
        await stored(session, f"N{number}")
    page = await list_orders(session, EVERYTHING, where=OrderFilter(), sort="-placed_at", limit=1, cursor=None)

    with pytest.raises(BadCursor):
        await list_orders(session, EVERYTHING, where=OrderFilter(), sort="placed_at", limit=1, cursor=page.next)
    with pytest.raises(BadCursor):
        await list_orders(
            session, EVERYTHING, where=OrderFilter(), sort="-placed_at", limit=1, cursor="WyItcGxhY2VkX2F0Iiwx"
        )


async def test_an_order_is_found_by_its_id_and_by_its_natural_key(session):
    order = await stored(session, "A:1", source="pos-7")

    by_id = await orders.get_order(session, str(order.order_id), EVERYTHING)
    by_key = await orders.get_order(session, "pos-7:A:1", EVERYTHING)

    assert by_id == by_key
    assert (by_id.number, by_id.source, by_id.gross_minor) == ("A:1", "pos-7", 1_000)


@pytest.mark.parametrize("reference", ["0", "999999999", "99999999999999999999", "pos-7:none", "none", "", ":", "٣"])
async def test_what_does_not_exist_is_said_to_be_missing(session, reference):
    with pytest.raises(orders.OrderNotFound):
        await orders.get_order(session, reference, EVERYTHING)


async def test_the_total_is_the_sum_of_all_lines_of_every_kind(session):
    await stored(session, "1", [("A1", "3", "2.555"), ("POST", "1", "18")])
    await stored(session, "C1", [("A1", "-1", "2.555")], kind="refund")
    await stored(session, "A9", [("B", "1", "-110.62")], kind="adjustment", placed_at=datetime(2026, 1, 1, tzinfo=UTC))

    # 7.665 is rounded to 7.67 and −2.555 to −2.56, each line once and halves away from zero.
    assert await orders.total_amount(session) == 767 + 1_800 - 256 - 11_062


async def test_the_total_of_nothing_is_zero(session):
    assert await orders.total_amount(session) == 0

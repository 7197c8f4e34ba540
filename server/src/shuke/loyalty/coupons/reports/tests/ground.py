"""A week of coupons, counted by hand: two templates, two stores, a batch, two orders, a refund."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shuke.commerce import orders
from shuke.commerce.orders.testing import stored
from shuke.foundation import organization
from shuke.loyalty.coupons.changing import Kind, Step, change
from shuke.loyalty.coupons.making import NewCoupon, make
from shuke.loyalty.coupons.testing import a_template
from shuke.people.members.testing import enrolled, external, person
from shuke.platform.db import Session, raw

ZONE = ZoneInfo("Asia/Shanghai")
# Half past midnight of the second of March where the shop is, still the first in UTC.
START = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Week:
    """What stands in it."""

    one: int
    two: int
    north: int
    south: int
    ten_off: int
    gift: int


async def a_week(session: Session) -> Week:
    """Day 1 is the second of March. What happens is told line by line."""
    stores = await organization.ensure_stores(
        session,
        [organization.NewStore(code="north", name="北店"), organization.NewStore(code="south", name="南店")],
    )
    north, south = stores["north"], stores["south"]
    one, two = await enrolled(session, [person("王小明", external("1")), person("李雷", external("2"))])
    ten_off, gift = await a_template(session, "ten-off"), await a_template(session, "gift")
    week = Week(one, two, north, south, ten_off, gift)

    # Day 1: one claims, staff gives one a gift, a hundred codes are printed, a file is looked at.
    await _made(session, "C1", one, ten_off, "claim", 0)
    await _made(session, "C2", one, gift, "staff", 0)
    await _batch(session, ten_off)
    # Day 2: two claims; a printed code becomes two's.
    await _made(session, "C3", two, ten_off, "claim", 1)
    await _printed(session, ten_off)
    await _step(session, "given", "P1", 1)
    await _made(session, "C5", two, ten_off, "exchange", 1)
    # Day 3: one pays an order of 100.00 with two coupons in the north, two an order of 50.00 with one on the web.
    first = await stored(session, "1", [("A1", "1", "100")], member_id=one, placed_at=_at(2), store_id=north)
    second = await stored(session, "2", [("A1", "1", "50")], member_id=two, placed_at=_at(2), source="web")
    await _used(session, "C1", first, 1_000)
    await _used(session, "C2", first, 500)
    await _used(session, "C3", second, 1_000)
    # Day 4: two's other coupon is redeemed in the south without an order. One claims another; staff gives one more.
    await _step(session, "redeemed", "C5", 3, store_id=south, channel="till")
    await _made(session, "C6", one, ten_off, "claim", 3)
    await _made(session, "C7", one, gift, "staff", 3)
    # Day 5: two's order is refunded, its coupon comes back. Day 9: one of one's is over, one is voided.
    await _refunded(session, second)
    await _step(session, "returned", "C3", 4, channel="web", order_id=second.order_id)
    await _step(session, "expired", "C6", 8)
    await _step(session, "voided", "C7", 8)
    return week


def _at(days: int) -> datetime:
    return START + timedelta(days=days)


async def _made(session: Session, code: str, member_id: int, template_id: int, how: str, days: int) -> None:
    new = NewCoupon(
        member_id=member_id, template_id=template_id, terms_version=1, code=code, how=how, at=_at(days),
        valid_from=_at(days), expires_at=None, actor="system:0",
    )  # fmt: skip
    await make(session, [new], ZONE)


async def _step(session: Session, kind: Kind, code: str, days: int, **more) -> None:
    row = await (await raw(session)).fetchrow(
        "select member_id, coupon_id, template_id, version from coupon where code = $1", code
    )
    assert row is not None
    done = await change(session, kind, [Step(**dict(row), at=_at(days), actor="system:0", **more)], ZONE)
    assert done == {row["coupon_id"]}


async def _used(session: Session, code: str, order: orders.NewOrder, discount_minor: int) -> None:
    where = {"order_id": order.order_id, "store_id": order.store_id, "channel": order.source}
    await _step(session, "redeemed", code, 2, discount_minor=discount_minor, **where)
    await (await raw(session)).execute(
        """
        insert into coupon_use (member_id, order_id, coupon_id, holder_id, template_id, terms_version, discount_minor,
            shares, used_at, day, store_id)
        select member_id, $2, coupon_id, member_id, template_id, terms_version, $3, '{}', $4, $5, $6
        from coupon where code = $1
        """,
        code, order.order_id, discount_minor, _at(2), _at(2).astimezone(ZONE).date(), order.store_id,
    )  # fmt: skip


async def _refunded(session: Session, order: orders.NewOrder) -> None:
    await orders.note_refunds(
        session,
        [
            orders.RefundedOrder(
                order.member_id, order.order_id, refunded_minor=5_000, goods_refunded_minor=5_000, counts_minor=0,
                points_returned=0, is_whole=True,
            )
        ],
        [],
    )  # fmt: skip
    await (await raw(session)).execute(
        "update coupon_use set returned_minor = discount_minor where order_id = $1", order.order_id
    )


async def _batch(session: Session, template_id: int) -> None:
    await (await raw(session)).execute(
        """
        insert into coupon_batch (template_id, terms_version, kind, name, wanted, made, state, details, asked_by,
            added_at)
        values ($1, 1, 'codes', 'flyer', 100, 100, 'done', '{}', 'system:0', $2),
            ($1, 1, 'external', 'looked at', 50, 50, 'checked', '{"is_trial": true}', 'system:0', $2)
        """,
        template_id,
        _at(0),
    )


async def _printed(session: Session, template_id: int) -> None:
    await (await raw(session)).execute(
        "insert into coupon (member_id, template_id, terms_version, code, state, how, batch_id, issued_at, valid_from) "
        "select 0, $1, 1, 'P1', 'issued', 'code', min(batch_id), $2, $2 from coupon_batch",
        template_id,
        _at(0),
    )

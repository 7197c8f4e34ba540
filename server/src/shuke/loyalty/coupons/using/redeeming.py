"""Coupons used up by orders, in the transaction that records them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shuke.platform.db import Session, dump_json, raw

from .. import budgets
from ..changing import Step, change
from ..errors import CouponChanged
from ..promises import find_templates_by_id
from .planning import Plan


@dataclass(frozen=True)
class OrderUses:
    """An order and the coupons that it uses. `at`: when it was placed, `day`: the shop's day of that."""

    member_id: int
    order_id: int
    source_id: int
    source: str
    number: str
    at: datetime
    day: date
    store_id: int | None
    actor: str
    plan: Plan


async def redeem(session: Session, orders: Sequence[OrderUses], zone: ZoneInfo) -> None:
    """Use up the coupons of orders, all or none. Raises CouponChanged and BudgetUsedUp."""
    wanted: dict[int, Step] = {}
    for order in orders:
        for use, step in zip(order.plan.uses, _steps(order), strict=True):
            # Two orders of one set want the same: only one of them can have it.
            if wanted.setdefault(use.held.coupon_id, step) is not step:
                raise CouponChanged(coupon=use.held.code)
    done = await change(session, "redeemed", list(wanted.values()), zone)
    for order in orders:
        for use in order.plan.uses:
            if use.held.coupon_id not in done:
                raise CouponChanged(coupon=use.held.code)
    await _note(session, orders)
    await budgets.take(session, await _spends(session, orders))


def _steps(order: OrderUses) -> list[Step]:
    return [
        Step(
            member_id=use.held.member_id,
            coupon_id=use.held.coupon_id,
            template_id=use.held.promise.template_id,
            version=order.plan.kept[use.held.coupon_id].version,
            at=order.at,
            actor=order.actor,
            cart_source_id=order.source_id,
            cart_number=order.number,
            order_id=order.order_id,
            store_id=order.store_id,
            channel=order.source,
            discount_minor=use.discount_minor,
        )
        for use in order.plan.uses
    ]


async def _note(session: Session, orders: Sequence[OrderUses]) -> None:
    rows = [
        (
            order.member_id,
            order.order_id,
            use.held.coupon_id,
            use.held.member_id,
            use.held.promise.template_id,
            use.held.promise.version,
            use.discount_minor,
            dump_json({str(line_no): share for line_no, share in use.shares.items() if share}),
            order.at,
            order.day,
            order.store_id,
        )
        for order in orders
        for use in order.plan.uses
    ]
    driver = await raw(session)
    await driver.execute(_NOTE, *(list(column) for column in zip(*rows, strict=True)))


async def _spends(session: Session, orders: Sequence[OrderUses]) -> list[budgets.Spend]:
    used = [(order, use) for order in orders for use in order.plan.uses]
    templates = await find_templates_by_id(session, {use.held.promise.template_id for _, use in used})
    return [
        budgets.Spend(
            template_id=use.held.promise.template_id,
            budgets=templates[use.held.promise.template_id].issuing.budgets,
            day=order.day,
            discount_minor=use.discount_minor,
        )
        for order, use in used
    ]


_NOTE = """
    insert into coupon_use (member_id, order_id, coupon_id, holder_id, template_id, terms_version, discount_minor,
        shares, used_at, day, store_id)
    select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::int[], $7::bigint[],
        $8::jsonb[], $9::timestamptz[], $10::date[], $11::bigint[])
"""

"""What refunds do to the coupons that their orders used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from shuke.platform.db import Session, raw

from .. import budgets
from ..changing import Step, change
from ..promises import find_promises, find_templates_by_id
from ..rules import OnRefund
from .planning import Plan


@dataclass(slots=True)
class Used:
    """A coupon that an order used, as far as refunds can still reach it.

    `member_id`: the order's member. `returned_minor`: what of the discount refunds have taken back. `is_settled`: it
    was given back or lost already, and nothing more happens to it.
    """

    member_id: int
    order_id: int
    coupon_id: int
    holder_id: int
    template_id: int
    code: str
    version: int
    discount_minor: int
    shares: Mapping[int, int]
    day: date
    on_refund: OnRefund
    expires_at: datetime | None
    returned_minor: int = 0
    is_settled: bool = False

    @classmethod
    def now(cls, member_id: int, order_id: int, day: date, plan: Plan) -> "list[Used]":
        """The coupons of a plan, used by an order just now."""
        return [
            cls(
                member_id=member_id,
                order_id=order_id,
                coupon_id=use.held.coupon_id,
                holder_id=use.held.member_id,
                template_id=use.held.promise.template_id,
                code=use.held.code,
                # Redeeming it was one step.
                version=plan.kept[use.held.coupon_id].version + 1,
                discount_minor=use.discount_minor,
                shares=use.shares,
                day=day,
                on_refund=use.held.promise.terms.on_refund,
                expires_at=use.held.expires_at,
            )
            for use in plan.uses
        ]


@dataclass(frozen=True)
class Settlement:
    """What a refund does to one coupon: `returned_minor` of its discount is taken back by it, and the coupon itself is
    given back (until `expires_at`, where that is new), lost, or waits for more.
    """

    used: Used
    refund_id: int
    at: datetime
    actor: str
    what: str
    returned_minor: int
    expires_at: datetime | None = None


async def find_uses(session: Session, keys: Sequence[tuple[int, int]]) -> dict[int, list[Used]]:
    """What orders used, by order id; `keys`: member and order."""
    driver = await raw(session)
    rows = await driver.fetch(_USES, [member_id for member_id, _ in keys], [order_id for _, order_id in keys])
    promises = await find_promises(session, [(row["template_id"], row["terms_version"]) for row in rows])
    found: dict[int, list[Used]] = {}
    for row in rows:
        on_refund = promises[row["template_id"], row["terms_version"]].terms.on_refund
        found.setdefault(row["order_id"], []).append(_used(row, on_refund))
    return found


def _used(row: Any, on_refund: OnRefund) -> Used:
    return Used(
        member_id=row["member_id"],
        order_id=row["order_id"],
        coupon_id=row["coupon_id"],
        holder_id=row["holder_id"],
        template_id=row["template_id"],
        code=row["code"],
        version=row["version"],
        discount_minor=row["discount_minor"],
        shares={int(line_no): share for line_no, share in row["shares"].items()},
        day=row["day"],
        on_refund=on_refund,
        expires_at=row["expires_at"],
        returned_minor=row["returned_minor"],
        is_settled=row["settled_at"] is not None,
    )


async def settle(session: Session, settlements: Sequence[Settlement], zone: ZoneInfo, *, gives_room_back: bool) -> None:
    """Write what refunds do to coupons. `gives_room_back`: budgets get back what the coupons no longer cost."""
    if not settlements:
        return
    given_back = [one for one in settlements if one.what == "give_back"]
    await change(session, "returned", [_step(one) for one in given_back], zone)
    driver = await raw(session)
    await driver.execute(
        _SETTLE,
        [one.used.member_id for one in settlements],
        [one.used.order_id for one in settlements],
        [one.used.coupon_id for one in settlements],
        [one.returned_minor for one in settlements],
        [None if one.what == "wait" else one.at for one in settlements],
    )
    if gives_room_back:
        await budgets.give_back(session, await _spends(session, settlements))


def _step(one: Settlement) -> Step:
    return Step(
        member_id=one.used.holder_id,
        coupon_id=one.used.coupon_id,
        template_id=one.used.template_id,
        version=one.used.version,
        at=one.at,
        actor=one.actor,
        expires_at=one.expires_at,
        order_id=one.refund_id,
        discount_minor=one.used.discount_minor,
    )


async def _spends(session: Session, settlements: Sequence[Settlement]) -> list[budgets.Spend]:
    """What budgets get back: of discounts, what was taken back; of counts, the coupons that were given back."""
    templates = await find_templates_by_id(session, {one.used.template_id for one in settlements})
    return [
        budgets.Spend(
            template_id=one.used.template_id,
            budgets=tuple(
                budget
                for budget in templates[one.used.template_id].issuing.budgets
                if budget.counts == "discount" or one.what == "give_back"
            ),
            day=one.used.day,
            discount_minor=one.returned_minor,
        )
        for one in settlements
    ]


async def find_used(session: Session, member_id: int, order_id: int) -> list[tuple[str, int]]:
    """What an order used: codes, and what each took off."""
    driver = await raw(session)
    rows = await driver.fetch(_USED, member_id, order_id)
    return [(row["code"], row["discount_minor"]) for row in rows]


async def find_returned(session: Session, member_id: int, order_id: int, refund_id: int) -> list[str]:
    """The codes of coupons that a refund of an order gave back."""
    driver = await raw(session)
    rows = await driver.fetch(_RETURNED, member_id, order_id, refund_id)
    return [row["code"] for row in rows]


_USES = """
    select u.*, c.code, c.version, c.expires_at
    from coupon_use u join coupon c on c.member_id = u.holder_id and c.coupon_id = u.coupon_id
    where (u.member_id, u.order_id) in (select * from unnest($1::bigint[], $2::bigint[]))
    order by u.order_id, u.coupon_id
"""
_USED = """
    select c.code, u.discount_minor
    from coupon_use u join coupon c on c.member_id = u.holder_id and c.coupon_id = u.coupon_id
    where u.member_id = $1 and u.order_id = $2 order by u.used_at, u.coupon_id
"""
_RETURNED = """
    select c.code
    from coupon_use u
    join coupon c on c.member_id = u.holder_id and c.coupon_id = u.coupon_id
    join coupon_move m on m.member_id = u.holder_id and m.coupon_id = u.coupon_id
    where u.member_id = $1 and u.order_id = $2 and m.kind = 'returned' and m.order_id = $3
    order by u.coupon_id
"""
# Refunds that came together may have taken back parts of one coupon: an update takes one row for each only.
_SETTLE = """
    update coupon_use u set returned_minor = u.returned_minor + new.returned_minor, settled_at = new.settled_at
    from (
        select member_id, order_id, coupon_id, sum(returned_minor)::bigint as returned_minor,
            max(settled_at) as settled_at
        from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[])
            as one (member_id, order_id, coupon_id, returned_minor, settled_at)
        group by member_id, order_id, coupon_id
    ) new
    where (u.member_id, u.order_id, u.coupon_id) = (new.member_id, new.order_id, new.coupon_id)
"""

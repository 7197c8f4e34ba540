"""What a store redeemed on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Redemption:
    """A coupon that was redeemed. `is_alone`: without an order. `is_undone`: taken back, or returned by a refund."""

    member_id: int
    coupon_id: int
    code: str
    template: str
    name: LocalName
    at: datetime
    actor: str
    discount_minor: int
    note: str | None
    is_alone: bool
    is_undone: bool


@dataclass(frozen=True, kw_only=True)
class DaySum:
    """All redemptions of a day that stand: how many, and what they took off."""

    count: int
    discount_minor: int


async def redemptions_of(session: Session, store_ids: Sequence[int], day: date) -> tuple[list[Redemption], DaySum]:
    """What stores redeemed on a day of the shop: the newest 200, and the sum of all that stand."""
    driver = await raw(session)
    rows = await driver.fetch(_OF_DAY, list(store_ids), day, MOST_SHOWN)
    (total,) = await driver.fetch(_SUM_OF_DAY, list(store_ids), day)
    return [
        Redemption(
            **{name: row[name] for name in _PLAIN},
            name=LocalName(row["name_zh"], row["name_en"]),
            note=row["reason"],
            is_alone=row["order_id"] is None,
        )
        for row in rows
    ], DaySum(**dict(total))


_PLAIN = ("member_id", "coupon_id", "code", "template", "at", "actor", "discount_minor", "is_undone")
_OF_DAY = """
    select m.*, c.code, t.code as template, t.name_zh, t.name_en, exists (
        select from coupon_move after
        where (after.member_id, after.coupon_id, after.move_no) = (m.member_id, m.coupon_id, m.move_no + 1)
    ) as is_undone
    from coupon_move m join coupon c using (member_id, coupon_id)
    join coupon_template t on t.template_id = m.template_id
    where m.day = $2 and m.store_id = any($1::bigint[]) and m.kind = 'redeemed'
    order by m.at desc, m.coupon_id desc limit $3
"""
_SUM_OF_DAY = """
    select count(*) as count, coalesce(sum(m.discount_minor), 0)::bigint as discount_minor
    from coupon_move m
    where m.day = $2 and m.store_id = any($1::bigint[]) and m.kind = 'redeemed' and not exists (
        select from coupon_move after
        where (after.member_id, after.coupon_id, after.move_no) = (m.member_id, m.coupon_id, m.move_no + 1)
    )
"""

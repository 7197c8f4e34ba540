"""What coupons hold about members: a copy of all of it; what could still be used ends with the person."""

from collections.abc import Sequence

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from ..changing import Step
from ..issuing.voiding import void_all
from ..tables import coupon, coupon_claim, coupon_entry, coupon_move, coupon_reminder, coupon_transfer, coupon_use

_KEPT = LocalName(
    "优惠券及其流水（只有会员号）：用于核对发放、核销和预算",
    "Coupons and what happened to them, by member number alone: issuing, redemptions and budgets are checked by it",
)
_OPEN = """
    select member_id, coupon_id, template_id, version from coupon
    where member_id = any($1::bigint[]) and state in ('issued', 'locked')
    order by member_id, coupon_id for update
"""
_WITHDRAW = """
    update coupon_transfer set state = 'withdrawn', ended_at = $2
    where member_id = any($1::bigint[]) and state = 'offered'
"""
_FORGET_REMINDERS = "delete from coupon_reminder where member_id = any($1::bigint[])"


async def _erase(session: Session, member_ids: Sequence[int]) -> int:
    """Void what the erased could still have used; units of a limited stock are there for others again."""
    rows = await (await raw(session)).fetch(_OPEN, list(member_ids))
    if not rows:
        return 0
    now = clock.now()
    steps = [
        Step(
            member_id=row["member_id"],
            coupon_id=row["coupon_id"],
            template_id=row["template_id"],
            version=row["version"],
            at=now,
            actor=SYSTEM.name,
            reason="erased",
        )
        for row in rows
    ]
    zone = (await organization.get_shop(session)).zone
    # What the erased have taken under limits stays counted.
    return len(await void_all(session, steps, zone, frees_places=False))


async def _end_offers(session: Session, member_ids: Sequence[int]) -> int:
    """End what the erased offered: nobody can accept it."""
    done = await (await raw(session)).execute(_WITHDRAW, list(member_ids), clock.now())
    return int(done.rpartition(" ")[2])


async def _forget_reminders(session: Session, member_ids: Sequence[int]) -> int:
    done = await (await raw(session)).execute(_FORGET_REMINDERS, list(member_ids))
    return int(done.rpartition(" ")[2])


PERSONAL_DATA = (
    # Offers before the coupons: whoever changes an offer locks it first.
    members.PersonalData(
        key="coupon_transfers",
        label=LocalName("转赠的优惠券", "Coupons offered to others"),
        export=members.exporting(coupon_transfer, order=("transfer_id",)),
        erase=_end_offers,
        kept=_KEPT,
    ),
    members.PersonalData(
        key="coupons",
        label=LocalName("优惠券", "Coupons"),
        export=members.exporting(coupon),
        erase=_erase,
        kept=_KEPT,
    ),
    members.PersonalData(
        key="coupon_moves",
        label=LocalName("优惠券流水", "What happened to coupons"),
        export=members.exporting(coupon_move),
        kept=_KEPT,
    ),
    members.PersonalData(
        key="coupon_uses",
        label=LocalName("优惠券抵扣记录", "What coupons took off orders"),
        export=members.exporting(coupon_use),
        kept=_KEPT,
    ),
    members.PersonalData(
        key="coupon_claims",
        label=LocalName("优惠券领取次数", "Places taken under limits of coupons"),
        export=members.exporting(coupon_claim),
        kept=_KEPT,
    ),
    members.PersonalData(
        key="coupon_entries",
        label=LocalName("优惠券抽签登记", "Entries in draws of coupons"),
        export=members.exporting(coupon_entry),
        kept=_KEPT,
    ),
    members.PersonalData(
        key="coupon_reminders",
        label=LocalName("优惠券到期提醒", "Reminders of coupons that end"),
        export=members.exporting(coupon_reminder),
        erase=_forget_reminders,
    ),
)

"""What coupons do when two members become one: nothing. They stay whose they are, and are read through both."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language, LocalName

_LABEL = LocalName("可用优惠券", "Usable coupons")
_USABLE = """
    select member_id, count(*) as count from coupon
    where member_id = any($1::bigint[]) and state in ('issued', 'locked') and (expires_at is null or expires_at > $2)
    group by member_id
"""


async def preview(
    session: Session, absorbed_id: int, survivor_id: int, language: Language
) -> Sequence[members.MergeLine]:
    """How many each has, and how many the survivor has then: all of them."""
    del language
    rows = await (await raw(session)).fetch(_USABLE, [absorbed_id, survivor_id], clock.now())
    counts = {row["member_id"]: row["count"] for row in rows}
    absorbed, survivor = counts.get(absorbed_id, 0), counts.get(survivor_id, 0)
    if not absorbed and not survivor:
        return []
    return [
        members.MergeLine(label=_LABEL, absorbed=str(absorbed), survivor=str(survivor), after=str(absorbed + survivor))
    ]


async def change_nothing(session: Session, merging: members.Merging) -> None:
    """Coupons never change their member: what reads them reads everybody who is the member by then."""
    del session, merging


PART = members.MergePart(key="coupons", preview=preview, merge=change_nothing, undo=change_nothing)

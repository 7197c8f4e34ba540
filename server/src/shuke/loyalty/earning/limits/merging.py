"""What caps do when two members become one, or two again: one person has used what both had."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language

# The absorbed member's own counts stay as they are: nothing is counted under that number any more, so the undo finds
# in them what the merge has added.
_ADD = """
    insert into earning_cap_use as used (member_id, rule_id, counted, period, period_start, amount, times)
    select $2, rule_id, counted, period, period_start, amount, times from earning_cap_use where member_id = $1
    order by rule_id, counted, period, period_start
    on conflict (member_id, rule_id, counted, period, period_start)
        do update set amount = used.amount + excluded.amount, times = used.times + excluded.times
"""
_TAKE_OUT = """
    update earning_cap_use used
    set amount = greatest(used.amount - theirs.amount, 0), times = greatest(used.times - theirs.times, 0)
    from earning_cap_use theirs
    where theirs.member_id = $1 and used.member_id = $2
        and (used.rule_id, used.counted, used.period, used.period_start)
            = (theirs.rule_id, theirs.counted, theirs.period, theirs.period_start)
"""


async def preview(
    session: Session, absorbed_id: int, survivor_id: int, language: Language
) -> Sequence[members.MergeLine]:
    """Nothing that anybody has to decide about."""
    del session, absorbed_id, survivor_id, language
    return []


async def merge(session: Session, merging: members.Merging) -> None:
    """The survivor has used what both had, also where that is more than a cap: then nothing is left of it."""
    driver = await raw(session)
    await driver.execute(_ADD, merging.absorbed_id, merging.survivor_id)


async def undo(session: Session, merging: members.Merging) -> None:
    """The survivor has used their own again; what refunds gave back in between stays given back."""
    driver = await raw(session)
    await driver.execute(_TAKE_OUT, merging.absorbed_id, merging.survivor_id)


PART = members.MergePart(key="earning_caps", preview=preview, merge=merge, undo=undo)

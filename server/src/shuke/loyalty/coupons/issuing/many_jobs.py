"""Giving to many in the background, some hundreds at a time: what was given is noted with it, so it goes on where it
was cut off, and nobody is given two."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import structlog

from shuke.platform import clock, conditions, jobs
from shuke.platform.db import Session, dump_json, raw
from shuke.platform.errors import AppError

from .giving import Wanted, give
from .many import list_meeting
from .many_queries import Gift, list_named, lock_gift

_AT_A_TIME = 500
_NOTE = """
    update coupon_batch set made = made + $2, version = version + 1,
        details = details || jsonb_build_object('after', $3::bigint, 'refused', $4::jsonb)
    where batch_id = $1
"""
_STATE = """
    update coupon_batch set state = $2, wanted = $3, ended_at = $4, version = version + 1 where batch_id = $1
"""

logger = structlog.get_logger("shuke.coupons")


async def run_gift(payload: dict[str, Any]) -> None:
    """Give what a gift to many promises, from where it stands."""
    gift_id: int = payload["gift_id"]
    async with jobs.database().advisory_lock(f"coupon-gift:{gift_id}") as is_mine:
        if not is_mine:
            return
        try:
            left = await _begin(gift_id)
            for start in range(0, len(left), _AT_A_TIME):
                if not await _step(gift_id, left[start : start + _AT_A_TIME]):
                    return
            await _end(gift_id, "done")
        except AppError as error:
            logger.warning("a gift to many could not go on", gift=gift_id, code=error.code)
            await _end(gift_id, "failed")


async def _begin(gift_id: int) -> list[int]:
    """Those who are still to be given one."""
    async with jobs.transaction() as session:
        gift = await lock_gift(session, gift_id)
        if gift.state not in {"waiting", "running"}:
            return []
        left = await _left(session, gift)
        looked_at = gift.given + sum(gift.refused.values())
        await (await raw(session)).execute(_STATE, gift_id, "running", looked_at + len(left), None)
        return left


async def _left(session: Session, gift: Gift) -> list[int]:
    if gift.condition is None:
        return [one for one in await list_named(session, gift.gift_id) or () if one > gift.after]
    condition = conditions.read_stored(gift.condition, await conditions.catalogue(session), scope="members")
    return await list_meeting(session, condition, after=gift.after)


async def _step(gift_id: int, some: Sequence[int]) -> bool:
    """Give it to some. False: it was called off, or nothing is left to give."""
    async with jobs.transaction() as session:
        gift = await lock_gift(session, gift_id)
        if gift.state != "running":
            return False
        wanted = [_wanted(gift, member_id) for member_id in some]
        answers = Counter(one.why or one.state for one in await give(session, wanted))
        refused = Counter(gift.refused)
        refused.update({why: count for why, count in answers.items() if why != "given"})
        is_sold_out = answers["sold_out"] == len(some)
        if is_sold_out:
            # Whoever comes after them finds nothing either.
            refused["sold_out"] += gift.members - gift.given - sum(refused.values())
        note = dump_json(dict(refused))
        await (await raw(session)).execute(_NOTE, gift_id, answers["given"], some[-1], note)
    if is_sold_out:
        await _end(gift_id, "done")
    return not is_sold_out


def _wanted(gift: Gift, member_id: int) -> Wanted:
    return Wanted(
        member_id=member_id,
        template=gift.template,
        key=f"batch:{gift.gift_id}",
        how=gift.how,
        actor=gift.asked_by,
        at=clock.now(),
        batch_id=gift.gift_id,
        reason=gift.reason,
    )


async def _end(gift_id: int, state: str) -> None:
    async with jobs.transaction() as session:
        gift = await lock_gift(session, gift_id)
        if gift.state in {"waiting", "running"}:
            await (await raw(session)).execute(_STATE, gift_id, state, gift.members, clock.now())

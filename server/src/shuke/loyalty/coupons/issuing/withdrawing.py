"""Taking back what was given for something that no longer holds, such as an order that was refunded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuke.foundation import organization
from shuke.platform.db import Session, raw

from ..changing import Step
from .voiding import void_all

_REASON = "no_longer_earned"


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Of the coupons whose keys begin with `begins` a member keeps those named by `kept`."""

    member_id: int
    begins: str
    kept: frozenset[str]
    at: datetime
    actor: str


async def withdraw(session: Session, withdrawals: Sequence[Withdrawal]) -> None:
    """Void what is not used yet, also where a cart keeps it or a friend has it by now. What was used stays used for
    good: when the order that it paid goes back as well, it is not given back.
    """
    driver = await raw(session)
    rows = await driver.fetch(_GIVEN, [one.member_id for one in withdrawals], [one.begins for one in withdrawals])
    by_prefix = {(one.member_id, one.begins): one for one in withdrawals}
    wanted = [(row, by_prefix[row["owner_id"], row["begins"]]) for row in rows]
    lost = [(row, one) for row, one in wanted if row["grant_key"] not in one.kept]
    await _keep_used([(row, one) for row, one in lost if row["state"] == "redeemed"], driver)
    lost = [(row, one) for row, one in lost if row["state"] != "redeemed"]
    if not lost:
        return
    zone = (await organization.get_shop(session)).zone
    await void_all(session, [_step(row, one) for row, one in lost], zone)


async def _keep_used(lost: Sequence[tuple[Any, Withdrawal]], driver: Any) -> None:
    """Let used coupons be lost to the refunds of what they paid."""
    await driver.execute(
        _LOSE,
        [row["member_id"] for row, _ in lost],
        [row["coupon_id"] for row, _ in lost],
        [one.at for _, one in lost],
    )


def _step(row: Any, one: Withdrawal) -> Step:
    return Step(
        member_id=row["member_id"],
        coupon_id=row["coupon_id"],
        template_id=row["template_id"],
        version=row["version"],
        at=one.at,
        actor=one.actor,
        reason=_REASON,
    )


# What was given away is found with whoever has it by now: else it would be kept by giving it to a friend.
_GIVEN = """
    with recursive given as (
        select wanted.member_id as owner_id, wanted.begins, c.grant_key, c.member_id, c.coupon_id
        from unnest($1::bigint[], $2::text[]) as wanted (member_id, begins)
        join coupon c on c.member_id = wanted.member_id and starts_with(c.grant_key, wanted.begins)
        union
        select given.owner_id, given.begins, given.grant_key, t.to_member_id, t.new_coupon_id
        from given join coupon_transfer t
            on t.member_id = given.member_id and t.coupon_id = given.coupon_id and t.state = 'accepted'
    )
    select c.member_id, c.coupon_id, c.template_id, c.version, c.state, given.owner_id, given.begins,
        given.grant_key
    from given join coupon c using (member_id, coupon_id)
    where c.state in ('issued', 'locked', 'redeemed')
    order by c.coupon_id
"""
_LOSE = """
    update coupon_use u set settled_at = lost.at
    from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as lost (member_id, coupon_id, at)
    where u.holder_id = lost.member_id and u.coupon_id = lost.coupon_id and u.settled_at is null
"""

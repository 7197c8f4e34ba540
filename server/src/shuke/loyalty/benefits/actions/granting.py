"""Granting: entitlements once per member, benefit and occasion, and what they promise given in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import structlog

from shuke.foundation import organization
from shuke.loyalty import ledger
from shuke.people import members
from shuke.platform import clock, events
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session, dump_json, raw
from shuke.platform.errors import AppError
from shuke.platform.module import contributions

from ..events import BenefitGranted
from ..extensions import CouponGifts, CouponWanted
from ..rules.benefit import Benefit, Grant, gift_of
from ..rules.kinds import CouponGift, GiftBenefit, PointsGift

logger = structlog.get_logger("shuke.benefits")

# Who had the occasion as somebody else before a merge does not have it again.
_GRANT = """
    insert into benefit_entitlement (member_id, benefit_id, occasion, gift, units, used, state, granted_at,
        granted_by, reason, expires_at, ended_at)
    select member_id, $2, occasion, $5::jsonb, $6::int, case when $7::boolean then $6 else 0 end,
        case when $7 then 'used' else 'open' end, $8::timestamptz, $9, $10, expires_at,
        case when $7 then $8::timestamptz end
    from unnest($1::bigint[], $3::text[], $4::timestamptz[]) as wanted (member_id, occasion, expires_at)
    where not exists (
        select from benefit_occasion had
        where had.member_id = wanted.member_id and had.benefit_id = $2 and had.occasion = wanted.occasion
    )
    order by member_id, occasion
    on conflict (member_id, benefit_id, occasion) do nothing
    returning entitlement_id, member_id, occasion, expires_at
"""
_REFUSED = """
    update benefit_entitlement set state = 'revoked', used = 0, ended_by = 'system:0', ended_because = refused.code
    from unnest($1::bigint[], $2::text[]) as refused (entitlement_id, code)
    where benefit_entitlement.entitlement_id = refused.entitlement_id
"""


@dataclass(frozen=True, kw_only=True)
class Granted:
    """An entitlement that was granted just now."""

    entitlement_id: int
    member_id: int
    occasion: str


async def still_there(session: Session, member_ids: Sequence[int]) -> set[int]:
    """Those of these members who are themselves and active, held against merging until the transaction ends."""
    by_now = await members.roots(session, member_ids, hold=True)
    own = {member_id for member_id, root in by_now.items() if member_id == root}
    return own - await members.inactive_among(session, sorted(own))


async def grant(
    session: Session,
    benefit: Benefit,
    what: GiftBenefit,
    grants: Sequence[Grant],
    *,
    actor: str = SYSTEM.name,
    reason: str | None = None,
) -> list[Granted]:
    """Grant what has not been granted for these occasions; the members are held. Answers what is new."""
    if not grants:
        return []
    is_given_at_once = isinstance(what.gift, PointsGift | CouponGift)
    driver = await raw(session)
    rows = await driver.fetch(
        _GRANT,
        [one.member_id for one in grants],
        benefit.benefit_id,
        [one.occasion for one in grants],
        [one.expires_at for one in grants],
        dump_json(gift_of(what)),
        what.units,
        is_given_at_once,
        clock.now(),
        actor,
        reason,
    )
    granted = [
        Granted(entitlement_id=row["entitlement_id"], member_id=row["member_id"], occasion=row["occasion"])
        for row in rows
    ]
    refused = await _give(session, benefit, what, granted)
    await events.publish(session, [_event(benefit, what, row) for row in rows if row["entitlement_id"] not in refused])
    return [one for one in granted if one.entitlement_id not in refused]


async def _give(session: Session, benefit: Benefit, what: GiftBenefit, granted: Sequence[Granted]) -> dict[int, str]:
    """Give what comes at once; entitlements that could not be given, with the refusal's code."""
    if not granted:
        return {}
    if isinstance(what.gift, CouponGift):
        wanted = [
            CouponWanted(member_id=one.member_id, template=what.gift.template, key=_key(benefit, one))
            for one in granted
        ]
        await contributions(CouponGifts)[0].give(session, wanted)
    if not isinstance(what.gift, PointsGift):
        return {}
    zone = (await organization.get_shop(session)).zone
    instructions = [_instruction(benefit, what.gift, one) for one in granted]
    answers = await ledger.perform_many(session, instructions, zone)
    refused = {
        one.entitlement_id: answer.code
        for one, answer in zip(granted, answers, strict=True)
        if isinstance(answer, AppError)
    }
    if refused:
        logger.warning(
            "benefits not given", benefit=benefit.code, count=len(refused), code=next(iter(refused.values()))
        )
        await (await raw(session)).execute(_REFUSED, list(refused), list(refused.values()))
    return refused


def _instruction(benefit: Benefit, gift: PointsGift, one: Granted) -> ledger.Instruction:
    key = _key(benefit, one)
    asked = f"{key}:{gift.currency}:{gift.amount}"
    return ledger.Instruction(
        member_id=one.member_id,
        currency=gift.currency,
        act=ledger.Credit(amount=gift.amount, reason=benefit.name.zh),
        key=key,
        actor=SYSTEM.name,
        request_hash=sha256(asked.encode()).digest(),
        origin=("benefit", one.entitlement_id),
        reason=f"{benefit.name.zh} / {benefit.name.en}",
    )


def _key(benefit: Benefit, one: Granted) -> str:
    return f"benefit:{benefit.code}:{one.occasion}"


def _event(benefit: Benefit, what: GiftBenefit, row: Any) -> BenefitGranted:
    expires_at = row["expires_at"]
    return BenefitGranted(
        member_id=row["member_id"],
        occurred_at=clock.now(),
        entitlement_id=row["entitlement_id"],
        benefit=benefit.code,
        kind=benefit.kind,
        units=what.units,
        expires_at=expires_at.isoformat() if expires_at else None,
    )

"""Giving a coupon away: offered by its holder, accepted by whoever has the token, or withdrawn.

While it is offered, the coupon is locked for nobody's cart until the offer ends: nobody can use it, and a lapsed offer
frees it like any lapsed lock. Whoever changes an offer locks its row first and the coupon after it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock, ids
from shuke.platform.db import Session, raw

from ..changing import Kind, Step, change
from ..codes import new_code
from ..errors import CouponChanged, CouponOfSomebodyElse
from ..making import NewCoupon, make
from ..promises import find_promises
from ..standing import refuse_standing
from .errors import NotTransferable, TransferOver, TransferredTooOften, TransferToOneself, TransferUnknown
from .queries import CouponView, find_coupons, times_given
from .rules import TRANSFER, may_give, offer_ends

_OFFER = """
    insert into coupon_transfer (member_id, coupon_id, token_hash, state, offered_at, until)
    values ($1, $2, $3, 'offered', $4, $5) returning transfer_id
"""
_OFFERED = "select transfer_id, member_id, coupon_id, state, until from coupon_transfer"
_BY_HASH = _OFFERED + " where token_hash = $1 for update"
_BY_ID = _OFFERED + " where transfer_id = $1 for update"
_END = """
    update coupon_transfer set state = $2, ended_at = $3, to_member_id = $4, new_coupon_id = $5 where transfer_id = $1
"""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """An offer that was made. The token is told this once: what is kept is its hash."""

    transfer_id: int
    token: str
    until: datetime


@dataclass(frozen=True)
class _Offer:
    transfer_id: int
    member_id: int
    coupon_id: int
    state: str
    until: datetime


async def offer(session: Session, one: CouponView, *, actor: str, giver_id: int | None = None) -> Offered:
    """Offer a coupon to whoever will have the token. `giver_id`: who says that it is theirs.

    Raises NotTransferable, TransferredTooOften, MemberNotActive, and what any use of a coupon is refused with.
    """
    if one.member_id == 0 or (giver_id is not None and giver_id not in await members.everybody(session, one.member_id)):
        raise CouponOfSomebodyElse(coupon=one.code)
    zone = (await organization.get_shop(session)).zone
    refused = refuse_standing(one.standing, zone)
    if refused is not None:
        raise refused
    await members.require_active(session, await _holder(session, one.member_id))
    promises = await find_promises(session, [(one.template_id, one.terms_version)])
    terms = promises[one.template_id, one.terms_version].terms.transfer
    refusal = may_give(terms, await times_given(session, one.member_id, one.coupon_id))
    if refusal == "not_transferable":
        raise NotTransferable(coupon=one.code)
    if refusal == "too_often":
        raise TransferredTooOften(coupon=one.code, most=terms.most_times)
    now = clock.now()
    until = offer_ends(terms, now, one.expires_at)
    await _step(session, "locked", one, zone, at=now, actor=actor, locked_until=until)
    token = ids.new_token()
    driver = await raw(session)
    transfer_id = await driver.fetchval(_OFFER, one.member_id, one.coupon_id, _hash(token), now, until)
    return Offered(transfer_id=transfer_id, token=token, until=until)


async def accept(session: Session, token: str, member_id: int, *, actor: str) -> int:
    """Let a member have what was offered: the giver's coupon ends, and theirs begins under the same terms.

    Limits of claiming do not count for what is given away. Answers the new coupon's id. Raises TransferUnknown,
    TransferOver, TransferToOneself, MemberNotActive.
    """
    found = await _lock(session, _BY_HASH, _hash(token))
    now = clock.now()
    one = await _offered(session, found, now)
    if member_id in await members.everybody(session, one.member_id):
        raise TransferToOneself
    await members.require_active(session, member_id)
    if await members.inactive_among(session, [await _holder(session, one.member_id)]):
        raise TransferOver
    zone = (await organization.get_shop(session)).zone
    await _step(session, "released", one, zone, at=now, actor=actor)
    free = (await find_coupons(session, [one.coupon_id]))[one.coupon_id]
    await _step(session, "given", free, zone, at=now, actor=actor)
    new_id = await _follow(session, one, member_id, found.transfer_id, now, zone, actor)
    driver = await raw(session)
    await driver.execute(_END, found.transfer_id, "accepted", now, member_id, new_id)
    return new_id


async def withdraw(session: Session, transfer_id: int, *, actor: str) -> None:
    """Take an offer back: the coupon is its holder's again. Raises TransferUnknown, TransferOver."""
    found = await _lock(session, _BY_ID, transfer_id)
    now = clock.now()
    one = await _offered(session, found, now)
    await _step(session, "released", one, (await organization.get_shop(session)).zone, at=now, actor=actor)
    await (await raw(session)).execute(_END, transfer_id, "withdrawn", now, None, None)


async def find_offered(session: Session, transfer_id: int) -> CouponView:
    """The coupon that an offer is about. Raises TransferUnknown."""
    driver = await raw(session)
    coupon_id = await driver.fetchval("select coupon_id from coupon_transfer where transfer_id = $1", transfer_id)
    if coupon_id is None:
        raise TransferUnknown
    return (await find_coupons(session, [coupon_id]))[coupon_id]


async def _follow(
    session: Session, one: CouponView, member_id: int, transfer_id: int, now: datetime, zone: ZoneInfo, actor: str
) -> int:
    code = new_code()
    wanted = NewCoupon(
        member_id=member_id,
        template_id=one.template_id,
        terms_version=one.terms_version,
        code=code,
        how=TRANSFER,
        at=now,
        valid_from=one.valid_from,
        expires_at=one.expires_at,
        actor=actor,
        grant_key=f"{TRANSFER}:{transfer_id}",
        batch_id=one.batch_id,
    )
    return (await make(session, [wanted], zone))[code]


async def _lock(session: Session, statement: str, key: bytes | int) -> _Offer:
    row = await (await raw(session)).fetchrow(statement, key)
    if row is None:
        raise TransferUnknown
    return _Offer(**dict(row))


async def _offered(session: Session, found: _Offer, now: datetime) -> CouponView:
    """The coupon of an offer that still stands: nobody took it, and nobody voided it meanwhile."""
    one = (await find_coupons(session, [found.coupon_id]))[found.coupon_id]
    stands = found.state == "offered" and found.until > now
    if not stands or one.state != "locked" or one.cart_number is not None or one.locked_until != found.until:
        raise TransferOver
    return one


async def _step(
    session: Session,
    kind: Kind,
    one: CouponView,
    zone: ZoneInfo,
    *,
    at: datetime,
    actor: str,
    locked_until: datetime | None = None,
) -> None:
    step = Step(
        member_id=one.member_id,
        coupon_id=one.coupon_id,
        template_id=one.template_id,
        version=one.version,
        at=at,
        actor=actor,
        locked_until=locked_until,
        channel=TRANSFER,
    )
    if not await change(session, kind, [step], zone):
        raise CouponChanged(coupon=one.code)


async def _holder(session: Session, member_id: int) -> int:
    return (await members.roots(session, [member_id], hold=True))[member_id]


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

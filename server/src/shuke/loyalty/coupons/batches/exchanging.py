"""A printed code becomes a member's coupon, and a word that was told becomes one, too.

Of two who come with one code, the guarded step lets one through; the other finds the coupon changed, and nothing is
written. Limits of members hold here as they do for claiming.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session

from .. import codes
from ..changing import Step, change
from ..errors import CodeMistyped, CouponChanged, CouponOfSomebodyElse, CouponUnknown
from ..holding.queries import CouponView, find_coupons, get_coupon
from ..issuing import claim, taking
from ..issuing.errors import REFUSALS
from ..making import NewCoupon, make
from ..promises import Template, find_promises, find_templates_by_id
from ..standing import refuse_standing
from ..templates.queries import find_word_owner
from . import dates
from .errors import CodeOwnedAlready

HOW = "exchange"


async def exchange(session: Session, *, member_id: int, text: str, actor: str) -> CouponView:
    """Give a member, who is held, the coupon of a printed code or of a word.

    Raises MemberNotActive, what any use of a coupon is refused with, CodeOwnedAlready, LimitReached, and what claiming
    is refused with.
    """
    await members.require_active(session, member_id)
    try:
        found = await get_coupon(session, text)
    except (CouponUnknown, CodeMistyped):
        coupon_id = await _by_word(session, member_id, text, actor)
        if coupon_id is None:
            raise
    else:
        coupon_id = await _of_code(session, member_id, found, actor)
    return (await find_coupons(session, [coupon_id]))[coupon_id]


async def _by_word(session: Session, member_id: int, text: str, actor: str) -> int | None:
    """The coupon of a word; None: no template has it."""
    word = text.strip()
    template = await find_word_owner(session, word, but=None)
    if template is None:
        return None
    given = await claim(session, member_id=member_id, template=template, actor=actor, word=word)
    return given.coupon_id


async def _of_code(session: Session, member_id: int, found: CouponView, actor: str) -> int:
    at, zone = clock.now(), (await organization.get_shop(session)).zone
    _require_free(found, await members.everybody(session, member_id), zone)
    await _end_code(session, found, at, zone, actor)
    place = await _take_place(session, member_id, found, at, zone)
    promise = (await find_promises(session, [(found.template_id, found.terms_version)]))[
        found.template_id, found.terms_version
    ]
    valid_from, expires_at = dates.of_exchanged(promise.terms.validity, (found.valid_from, found.expires_at), at, zone)
    new = NewCoupon(
        member_id=member_id,
        template_id=found.template_id,
        terms_version=found.terms_version,
        code=codes.new_code(),
        how=HOW,
        at=at,
        valid_from=valid_from,
        expires_at=expires_at,
        actor=actor,
        grant_key=f"{HOW}:{found.coupon_id}",
        batch_id=found.batch_id,
        coupon_id=place.coupon_id,
    )
    made = await make(session, [new], zone)
    return made[new.code]


def _require_free(found: CouponView, own: Sequence[int], zone: ZoneInfo) -> None:
    """Refuse what cannot be exchanged, in the order in which a cashier would ask."""
    code = found.code
    if found.member_id:
        raise CodeOwnedAlready(coupon=code) if found.member_id in own else CouponOfSomebodyElse(coupon=code)
    refused = refuse_standing(found.standing, zone)
    if refused is not None:
        raise refused


async def _end_code(session: Session, found: CouponView, at: datetime, zone: ZoneInfo, actor: str) -> None:
    """End the code: who comes second finds it changed. Raises CouponChanged."""
    step = Step(
        member_id=found.member_id,
        coupon_id=found.coupon_id,
        template_id=found.template_id,
        version=found.version,
        at=at,
        actor=actor,
        channel=HOW,
    )
    if await change(session, "given", [step], zone):
        return
    # As it was found, it is free; so if a cart has it still, that lock is over and goes first.
    if await change(session, "released", [step], zone) and await change(
        session, "given", [replace(step, version=step.version + 1)], zone
    ):
        return
    raise CouponChanged(coupon=found.code)


async def _take_place(
    session: Session, member_id: int, found: CouponView, at: datetime, zone: ZoneInfo
) -> taking.Place:
    """A place under the member's limits. The unit of the stock is the code's already. Raises LimitReached."""
    template: Template = (await find_templates_by_id(session, [found.template_id]))[found.template_id]
    (place,) = await taking.take(
        session,
        found.template_id,
        [member_id],
        persons=await members.records_of(session, [member_id]),
        limits=taking.limits_on(template.issuing, clock.business_day(at, zone)),
        is_limited=False,
        waits=True,
    )
    if not isinstance(place, taking.Place):
        raise REFUSALS[place](template=template.name)
    return place

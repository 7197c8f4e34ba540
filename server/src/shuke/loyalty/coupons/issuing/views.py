"""What was given, as callers are told."""

from collections.abc import Sequence

from shuke.platform.db import Session
from shuke.platform.errors import AppError
from shuke.platform.i18n import Language
from shuke.platform.problems import Problem, problem_body

from ..holding.queries import CouponView, find_coupons
from ..promises import find_templates
from .claiming import refusal_of
from .giving import Given, Wanted
from .schemas import CouponGiveBatchOut, CouponGivenOut, CouponGiveResultOut


async def show_given(session: Session, given: Given) -> CouponGivenOut:
    """A coupon that was given."""
    found = await find_coupons(session, [given.coupon_id or 0])
    return _given(given, found[given.coupon_id or 0])


async def show_batch(
    session: Session, wanted: Sequence[Wanted], answers: Sequence[Given | AppError], language: Language
) -> CouponGiveBatchOut:
    """What became of each wish; refusals in the caller's language."""
    ids = [one.coupon_id for one in answers if isinstance(one, Given) and one.coupon_id is not None]
    coupons = await find_coupons(session, ids)
    templates = await find_templates(session, [one.template for one in wanted])
    results = []
    for index, (one, answer) in enumerate(zip(wanted, answers, strict=True)):
        refusal = answer if isinstance(answer, AppError) else refusal_of(answer, one.template, templates)
        if refusal is not None:
            problem = Problem(**problem_body(refusal, language))
            results.append(CouponGiveResultOut(index=index, state="refused", error=problem))
        elif isinstance(answer, Given) and answer.state != "refused":
            shown = _given(answer, coupons[answer.coupon_id or 0])
            results.append(CouponGiveResultOut(index=index, state=answer.state, coupon=shown))
    return CouponGiveBatchOut(results=results)


def _given(given: Given, coupon: CouponView) -> CouponGivenOut:
    return CouponGivenOut(
        state="already" if given.state == "already" else "given",
        id=coupon.coupon_id,
        code=coupon.code,
        template=coupon.template,
        name=coupon.name,
        member_id=coupon.member_id,
        valid_from=coupon.valid_from,
        expires_at=coupon.expires_at,
    )

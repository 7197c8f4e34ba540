"""Whoever guesses codes or words is slowed down: wrong ones are counted by caller, right ones are not."""

from collections.abc import Iterator
from contextlib import contextmanager

from shuke.platform.actor import Actor
from shuke.platform.errors import AppError
from shuke.platform.limits import Limits

from .errors import CodeMistyped, CouponOfSomebodyElse, CouponUnknown
from .issuing.errors import WordWrong

# A minute. A cashier's bad day stays far below; a code has 73 random bits.
MOST_WRONG = 30


class TooManyGuesses(AppError):
    """Too many codes that are none, one after the other."""

    code = "coupons.too_many_guesses"
    status = 429
    title = {"zh": "输错券码的次数太多", "en": "Too many wrong codes"}
    detail = {
        "zh": "短时间内输入了太多不存在的券码，为防止猜码已暂停。请等待 {retry_after} 秒，核对券码后再试。",
        "en": "Too many codes that do not exist were tried in a short time. Wait {retry_after} seconds, check the "
        "code, then try again.",
    }


@contextmanager
def counting_wrong_codes(limits: Limits, actor: Actor, *, member_id: int | None = None) -> Iterator[None]:
    """Look codes up in here. Raises TooManyGuesses, also for a right code, once too many were wrong.

    `member_id`: who types. A program speaks for many members; one who guesses does not keep the others waiting.
    """
    caller = f"coupon-codes:{actor.name}"
    if actor.kind == "api_key" and member_id is not None:
        caller = f"{caller}:{member_id}"
    allowance = limits.take(caller, MOST_WRONG)
    if not allowance.is_granted:
        raise TooManyGuesses(retry_after=allowance.retry_s)
    try:
        yield
    except (CouponUnknown, CodeMistyped, CouponOfSomebodyElse, WordWrong):
        raise
    except BaseException:
        limits.give_back(caller)
        raise
    else:
        limits.give_back(caller)

"""What others add to benefits: whoever has coupons gives them as gifts."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from shuke.platform.db import Session


@dataclass(frozen=True, kw_only=True)
class CouponWanted:
    """A coupon that a member is to have. `key` names the wish for ever: asked again, it is not given again."""

    member_id: int
    template: str
    key: str


@dataclass(frozen=True, kw_only=True)
class CouponGifts:
    """Gives coupons in the transaction of the grant; `has` says which templates there are."""

    has: Callable[[Session, str], Awaitable[bool]]
    give: Callable[[Session, Sequence[CouponWanted]], Awaitable[None]]

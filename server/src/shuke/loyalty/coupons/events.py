"""What coupons announce."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class _CouponEvent(Event):
    """What all of them say: which coupon, of which template."""

    name: ClassVar[str] = ""
    coupon_id: int
    template_id: int


@dataclass(frozen=True, kw_only=True)
class CouponClaimed(_CouponEvent):
    """A member took a coupon, by themselves."""

    name: ClassVar[str] = "coupon.claimed"
    how: str
    expires_at: str | None


@dataclass(frozen=True, kw_only=True)
class CouponGranted(_CouponEvent):
    """A member was given a coupon. `how`: rule, benefit, staff, api, exchange, transfer, lottery."""

    name: ClassVar[str] = "coupon.granted"
    how: str
    expires_at: str | None


@dataclass(frozen=True, kw_only=True)
class CouponRedeemed(_CouponEvent):
    """A coupon paid a part of an order, or was handed over at a till by itself (then `order_id` is null)."""

    name: ClassVar[str] = "coupon.redeemed"
    order_id: int | None
    discount_minor: int
    store_id: int | None


@dataclass(frozen=True, kw_only=True)
class CouponReturned(_CouponEvent):
    """A refund gave a coupon back: it may be used again."""

    name: ClassVar[str] = "coupon.returned"
    order_id: int | None


@dataclass(frozen=True, kw_only=True)
class CouponExpired(_CouponEvent):
    """A coupon is over and was not used."""

    name: ClassVar[str] = "coupon.expired"


@dataclass(frozen=True, kw_only=True)
class CouponExpiryAnnounced(_CouponEvent):
    """A coupon that its member may still use will be over in some days, as its template says."""

    name: ClassVar[str] = "coupon.expiry_announced"
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class CouponVoided(_CouponEvent):
    """A coupon was taken away."""

    name: ClassVar[str] = "coupon.voided"
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class CouponGiven(_CouponEvent):
    """A member's coupon went to somebody else, who has another one for it, or a printed code became a member's."""

    name: ClassVar[str] = "coupon.given"

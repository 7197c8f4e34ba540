"""Every kind of benefit, a file each. A new kind is one more file, and its name in the union here."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from .anniversary_gift import AnniversaryGift
from .base import AnyGift, AroundDay, CouponGift, Gift, GiftBenefit, GoodsGift, PointsGift, RunningBenefit, Telling
from .birthday_gift import BirthdayGift
from .date_gift import DateGift
from .discount import DiscountBenefit
from .early_access import EarlyAccessBenefit
from .exclusive_products import ExclusiveProductsBenefit
from .free_shipping import FreeShippingBenefit
from .monthly_gift import MonthlyGift
from .priority_service import PriorityServiceBenefit
from .upgrade_gift import UpgradeGift

__all__ = [
    "BENEFIT_KINDS",
    "AnniversaryGift",
    "AnyBenefit",
    "AnyGift",
    "AroundDay",
    "BirthdayGift",
    "CouponGift",
    "DateGift",
    "DiscountBenefit",
    "EarlyAccessBenefit",
    "ExclusiveProductsBenefit",
    "FreeShippingBenefit",
    "Gift",
    "GiftBenefit",
    "GoodsGift",
    "MonthlyGift",
    "OneBenefit",
    "PointsGift",
    "PriorityServiceBenefit",
    "RunningBenefit",
    "Telling",
    "UpgradeGift",
    "read",
]

OneBenefit = (
    DiscountBenefit
    | FreeShippingBenefit
    | PriorityServiceBenefit
    | EarlyAccessBenefit
    | ExclusiveProductsBenefit
    | BirthdayGift
    | AnniversaryGift
    | DateGift
    | UpgradeGift
    | MonthlyGift
)
AnyBenefit = Annotated[OneBenefit, Field(discriminator="kind")]
_ANY: TypeAdapter[OneBenefit] = TypeAdapter(AnyBenefit)


def read(parameters: dict[str, object]) -> OneBenefit:
    """A benefit's parameters as its kind; `kind` is among them."""
    return _ANY.validate_python(parameters)

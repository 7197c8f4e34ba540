"""The kinds of effects, a file for each. A new kind is one file, and one name in this union."""

from typing import Annotated

from pydantic import Field

from .base import EffectKind, Given, MultiplierKind, OutwardKind, ValueKind
from .birthday_multiplier import BirthdayMultiplier
from .bonus import Bonus
from .coupon import Coupon
from .first_purchase import FirstPurchase
from .fixed import Fixed
from .multiplier import Multiplier
from .nth_purchase import NthPurchase
from .per_amount import PerAmount
from .per_item import PerItem
from .steps import Steps
from .tag import Tag
from .tier_multiplier import TierMultiplier

AnyEffect = Annotated[
    PerAmount
    | Fixed
    | PerItem
    | Steps
    | FirstPurchase
    | NthPurchase
    | Bonus
    | Multiplier
    | TierMultiplier
    | BirthdayMultiplier
    | Coupon
    | Tag,
    Field(discriminator="kind"),
]

__all__ = ["AnyEffect", "EffectKind", "Given", "MultiplierKind", "OutwardKind", "PerAmount", "ValueKind"]

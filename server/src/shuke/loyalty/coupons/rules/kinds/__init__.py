"""The kinds of discount, a file each."""

from typing import Annotated

from pydantic import Field

from .amount_off import AmountOff
from .fixed_price import FixedPrice
from .free_shipping import FreeShipping
from .gift import Gift
from .nth_item import NthItem
from .percent_off import PercentOff
from .steps import Step, Steps

Discount = Annotated[
    AmountOff | PercentOff | Steps | FixedPrice | Gift | FreeShipping | NthItem, Field(discriminator="kind")
]

__all__ = [
    "AmountOff",
    "Discount",
    "FixedPrice",
    "FreeShipping",
    "Gift",
    "NthItem",
    "PercentOff",
    "Step",
    "Steps",
]

"""兑换券 / 换购券: a product for nothing, or for a small price."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Count, Part


class Gift(Part):
    """`pieces` of the products named cost `price_minor` each (0: nothing), the dearest first.

    The products may be handed over without an order: then the coupon is redeemed by itself.
    """

    kind: Literal["gift"] = "gift"
    products: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]
    pieces: Count = 1
    price_minor: Annotated[int, Field(ge=0, le=10**12)] = 0

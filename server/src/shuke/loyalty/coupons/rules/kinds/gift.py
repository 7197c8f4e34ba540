"""兑换券 / 换购券: a product for nothing, or for a small price."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from .base import Count, Kind, Line, reduced_to


class Gift(Kind):
    """`pieces` of the products named cost `price_minor` each (0: nothing), the dearest first.

    The products may be handed over without an order: then the coupon is redeemed by itself. On a cart they do not
    count towards the coupon's own threshold.
    """

    is_by_piece: ClassVar[bool] = True

    kind: Literal["gift"] = "gift"
    products: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]
    pieces: Count = 1
    price_minor: Annotated[int, Field(ge=0, le=10**12)] = 0

    def claims(self, lines: Sequence[Line], prices: Sequence[int]) -> Sequence[int]:
        """What its pieces cost above the small price."""
        return reduced_to(self.price_minor, self.pieces, lines, prices)

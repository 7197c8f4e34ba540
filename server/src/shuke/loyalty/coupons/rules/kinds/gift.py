"""兑换券 / 换购券: a product for nothing, or for a small price."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..words import Asked, Words
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

    def told(self, words: Words, asked: Asked | None) -> str:
        """免费兑换茶杯 1 件; 加 9.9 换购茶杯，最多 2 件."""
        names, pieces = words.listed("product", self.products), words.pieces(self.pieces)
        if not self.price_minor:
            gift = words.pick(f"免费兑换{names} {pieces}", f"{pieces} of {names} free")
            return words.join([words.bought(asked), gift])
        price = words.amount(self.price_minor)
        gift = words.pick(f"每件 {price} 换购{names}", f"{names} for {price} each")
        return words.join([words.bought(asked), gift, words.pick(f"最多 {pieces}", f"up to {pieces}")])

"""一口价: a fixed price for each piece."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..words import Asked, Words
from .base import Count, Kind, Line, reduced_to


class FixedPrice(Kind):
    """Each piece costs `price_minor`, for at most so many pieces, the dearest first."""

    is_by_piece: ClassVar[bool] = True

    kind: Literal["fixed_price"] = "fixed_price"
    price_minor: Annotated[int, Field(ge=0, le=10**12)]
    most_pieces: Count | None = None

    def claims(self, lines: Sequence[Line], prices: Sequence[int]) -> Sequence[int]:
        """What its pieces cost above the fixed price."""
        return reduced_to(self.price_minor, self.most_pieces, lines, prices)

    def told(self, words: Words, asked: Asked | None) -> str:
        """每件 9.9，最多 2 件."""
        price = words.amount(self.price_minor)
        most = self.most_pieces
        limit = words.pick(f"最多 {words.pieces(most)}", f"up to {words.pieces(most)}") if most else ""
        return words.join([words.bought(asked), words.pick(f"每件 {price}", f"{price} each"), limit])

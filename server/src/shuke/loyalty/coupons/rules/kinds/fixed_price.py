"""一口价: a fixed price for each piece."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

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

"""一口价: a fixed price for each piece."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Count, Part


class FixedPrice(Part):
    """Each piece costs `price_minor`, for at most so many pieces, the dearest first."""

    kind: Literal["fixed_price"] = "fixed_price"
    price_minor: Annotated[int, Field(ge=0, le=10**12)]
    most_pieces: Count | None = None

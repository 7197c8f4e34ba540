"""What every kind of discount is: parameters, and what it takes off some lines.

Everything is counted in integers. A line has whole pieces: 2.5 kg count as 2, of which each costs 1 / 2.5 of the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from ..words import Asked, Words

Minor = Annotated[int, Field(ge=1, le=10**12)]
Percent = Annotated[int, Field(ge=1, le=100)]
Count = Annotated[int, Field(ge=1, le=1_000)]


class Part(BaseModel):
    """A part of the terms: strict, and fixed once read."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a coupon takes off. Its quantity is `numerator / denominator`; `weight` × its price tells which piece
    is dearer, exactly and for all lines of a cart.
    """

    pieces: int
    numerator: int
    denominator: int
    weight: int

    def cost(self, price: int, pieces: int) -> int:
        """What so many of its pieces cost, rounded down, when the line costs `price`."""
        return price * pieces * self.denominator // self.numerator if pieces else 0


@dataclass(frozen=True, slots=True)
class Reached:
    """What the threshold counts: the amount that there is, and the amount that it asks for (0: none)."""

    amount: int
    least: int


class Kind(Part):
    """A kind of discount. `takes_goods`: off goods, or off what is none. `is_by_piece`: whether it rounds by line."""

    takes_goods: ClassVar[bool] = True
    is_by_piece: ClassVar[bool] = False

    def claims(self, lines: Sequence[Line], prices: Sequence[int]) -> Sequence[int]:
        """The most that it may take off each line at these prices."""
        del lines
        return prices

    def most(self, reached: Reached) -> int | None:
        """The most that it takes off altogether; None: all that it claims."""
        del reached
        return None

    def told(self, words: Words, asked: Asked | None) -> str:
        """What it gives, in words. `asked`: what the threshold asks for; None: nothing."""
        raise NotImplementedError


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """A total shared out by weights, to the last unit. No share is above its weight where the total is not."""
    whole = sum(weights)
    shares, before, seen = [], 0, 0
    for weight in weights:
        seen += weight
        until = total * seen // whole if whole else 0
        shares.append(until - before)
        before = until
    return shares


def dearest_first(lines: Sequence[Line], prices: Sequence[int]) -> list[int]:
    """Places of the lines by the price of a piece, the dearest first, then as they stand."""
    return sorted(range(len(lines)), key=lambda place: (-prices[place] * lines[place].weight, place))


def reduced_to(price_minor: int, most_pieces: int | None, lines: Sequence[Line], prices: Sequence[int]) -> list[int]:
    """What comes off each line when so many pieces, the dearest first, cost `price_minor` each."""
    claims, room = [0] * len(lines), most_pieces
    for place in dearest_first(lines, prices):
        line = lines[place]
        pieces = line.pieces if room is None else min(line.pieces, room)
        claims[place] = max(0, line.cost(prices[place], pieces) - pieces * price_minor)
        room = None if room is None else room - pieces
    return claims

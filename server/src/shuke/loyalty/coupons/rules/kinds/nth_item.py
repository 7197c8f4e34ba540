"""第 N 件优惠: every nth piece for less (第二件半价)."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from .base import Count, Kind, Line, Percent, dearest_first


class NthItem(Kind):
    """Of the pieces, the dearest first, every `nth` is `percent` off; at most `most_times`."""

    is_by_piece: ClassVar[bool] = True

    kind: Literal["nth_item"] = "nth_item"
    nth: Annotated[int, Field(ge=2, le=20)]
    percent: Percent
    most_times: Count | None = None

    def claims(self, lines: Sequence[Line], prices: Sequence[int]) -> Sequence[int]:
        """The share of every nth piece, rounded half up for each line."""
        claims, before, times = [0] * len(lines), 0, 0
        for place in dearest_first(lines, prices):
            line = lines[place]
            before += line.pieces
            reached = before // self.nth
            until = reached if self.most_times is None else min(reached, self.most_times)
            cost = line.cost(prices[place], until - times)
            claims[place] = (2 * cost * self.percent + 100) // 200
            times = until
        return claims

"""第 N 件优惠: every nth piece for less (第二件半价)."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..words import Asked, Words
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

    def told(self, words: Words, asked: Asked | None) -> str:
        """第 2 件半价，最多 3 次."""
        ending = "th" if 10 <= self.nth <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(self.nth % 10, "th")
        price, times = words.reduced(self.percent), self.most_times
        told = words.pick(f"第 {self.nth} 件{'' if '价' in price or '免' in price else ' '}{price}", "")
        told = told or f"every {self.nth}{ending} piece {price}"
        limit = words.pick(f"最多 {times} 次", f"up to {times} time{'' if times == 1 else 's'}") if times else ""
        return words.join([words.bought(asked), told, limit])

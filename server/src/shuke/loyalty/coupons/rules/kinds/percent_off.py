"""折扣券: a share off the price."""

from collections.abc import Sequence
from typing import Literal

from ..words import Asked, Words
from .base import Kind, Line, Minor, Percent, Reached


class PercentOff(Kind):
    """`percent` is what comes off: 12 is 88 折. At most `most_minor`."""

    kind: Literal["percent_off"] = "percent_off"
    percent: Percent
    most_minor: Minor | None = None

    def claims(self, lines: Sequence[Line], prices: Sequence[int]) -> Sequence[int]:
        """The share of all of it, rounded half up once, so that the sum is what a calculator says."""
        del lines
        claims, before, seen = [], 0, 0
        for price in prices:
            seen += price
            until = (2 * seen * self.percent + 100) // 200
            claims.append(until - before)
            before = until
        return claims

    def most(self, reached: Reached) -> int | None:
        """As the terms say."""
        del reached
        return self.most_minor

    def told(self, words: Words, asked: Asked | None) -> str:
        """88 折，最多减 50; 满 200 打 88 折."""
        fold = words.reduced(self.percent)
        if asked:
            reached = words.reached(asked)
            verb = "" if self.percent in {50, 100} else "打 "
            fold = words.pick(f"{words.before(asked)}{verb}{fold}", f"{fold} {'' if '%' in fold else 'for '}{reached}")
        return words.join([fold, words.up_to(self.most_minor)])

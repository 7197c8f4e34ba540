"""满减 / 代金券: an amount off."""

from typing import Literal

from ..words import Asked, Words
from .base import Kind, Minor, Reached


class AmountOff(Kind):
    """So much off; `repeats`: once more for every time that the threshold is reached (每满 100 减 10).

    At most `most_minor` together.
    """

    kind: Literal["amount_off"] = "amount_off"
    off_minor: Minor
    repeats: bool = False
    most_minor: Minor | None = None

    def most(self, reached: Reached) -> int | None:
        """So much, as often as it is reached."""
        times = reached.amount // reached.least if self.repeats and reached.least else 1
        off = self.off_minor * times
        return off if self.most_minor is None else min(off, self.most_minor)

    def told(self, words: Words, asked: Asked | None) -> str:
        """满 200 减 30; 立减 30; 每满 100 减 10，最多减 50."""
        off = words.amount(self.off_minor)
        if asked is None:
            return words.pick(f"立减 {off}", f"{off} off")
        if self.repeats:
            told = words.pick(
                f"{'订单' if asked.is_order else ''}每满 {asked.least} 减 {off}",
                f"{off} off for every {asked.least}{' of the order' if asked.is_order else ''}",
            )
        else:
            told = words.pick(f"{words.before(asked)}减 {off}", f"{off} off {words.reached(asked)}")
        return words.join([told, words.up_to(self.most_minor)])

"""满减 / 代金券: an amount off."""

from typing import Literal

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

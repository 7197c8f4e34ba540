"""满减 / 代金券: an amount off."""

from typing import Literal

from .base import Minor, Part


class AmountOff(Part):
    """So much off; `repeats`: once more for every time that the threshold is reached (每满 100 减 10).

    At most `most_minor` together.
    """

    kind: Literal["amount_off"] = "amount_off"
    off_minor: Minor
    repeats: bool = False
    most_minor: Minor | None = None

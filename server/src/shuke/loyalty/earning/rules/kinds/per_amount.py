"""Points for each whole amount of what was bought."""

from dataclasses import dataclass
from decimal import Decimal

from shuke.platform.money import Rounding, round_to_int


@dataclass(frozen=True)
class PerAmount:
    """`points` for every `per_minor` of net goods value of an order, rounded by name."""

    currency: str
    points: int
    per_minor: int
    rounding: Rounding

    def worth(self, eligible_minor: int) -> int:
        """What net goods value earns. Nothing is earned on nothing or less."""
        if eligible_minor <= 0:
            return 0
        return round_to_int(Decimal(eligible_minor * self.points) / self.per_minor, self.rounding)

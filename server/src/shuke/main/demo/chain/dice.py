"""Chance that is the same on every machine: SplitMix64, so that a seed means the same chain for ever."""

from collections.abc import Sequence
from itertools import accumulate
from math import exp

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_UNIT = 2.0**-53


class Dice:
    """One stream of chance. Streams of different numbers under one seed have nothing to do with each other."""

    def __init__(self, seed: int, stream: int) -> None:
        self._state = (seed * 0xD1342543DE82EF95 + stream * 0xBF58476D1CE4E5B9) & _MASK
        self.unit()

    def unit(self) -> float:
        """From zero to below one."""
        self._state = mixed = (self._state + _STEP) & _MASK
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((mixed ^ (mixed >> 31)) >> 11) * _UNIT

    def below(self, number: int) -> int:
        """From zero to below a number."""
        return int(self.unit() * number)

    def chance(self, of_one: float) -> bool:
        """True so many times of one."""
        return self.unit() < of_one

    def pick(self, up_to: Sequence[float]) -> int:
        """A place, by running totals of weights (`running`)."""
        wanted = self.unit() * up_to[-1]
        low, high = 0, len(up_to) - 1
        while low < high:
            middle = (low + high) // 2
            if up_to[middle] > wanted:
                high = middle
            else:
                low = middle + 1
        return low

    def poisson(self, mean: float) -> int:
        """How many, where so many are usual; for small means."""
        # Rounded, because libraries of mathematics differ in the last digit.
        limit = round(exp(-mean), 9)
        count, product = 0, self.unit()
        while product > limit:
            count += 1
            product *= self.unit()
        return count


def running(weights: Sequence[float]) -> list[float]:
    """Running totals, as `pick` wants them."""
    return list(accumulate(weights))

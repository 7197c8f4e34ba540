"""Rounding by name in whole numbers: exact, and many times faster than decimals."""

from shuke.platform.money import Rounding


def ratio(numerator: int, denominator: int, rounding: Rounding) -> int:
    """A fraction above zero as a whole number, as `money.round_to_int` would round it."""
    whole, rest = divmod(numerator, denominator)
    if rest == 0 or rounding == "down":
        return whole
    if rounding == "up":
        return whole + 1
    half = 2 * rest - denominator
    if half > 0 or (half == 0 and (rounding == "half_up" or whole % 2 == 1)):
        return whole + 1
    return whole

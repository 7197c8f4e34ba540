"""Factors such as 1.5: two decimals at most, so that whole numbers can carry them exactly."""

from typing import Annotated

from pydantic import Field
from pydantic.functional_validators import AfterValidator

from .words import refusal


def percent_of(factor: float) -> int:
    """A factor in hundredths: 1.5 is 150."""
    return round(factor * 100)


def _has_two_decimals(factor: float) -> float:
    if abs(factor * 100 - percent_of(factor)) > 1e-6:
        raise refusal("最多两位小数，如 1.25。", "Give two decimals at most, such as 1.25.")
    return factor


# Below one it would take away what other rules gave.
Factor = Annotated[float, Field(ge=1, le=100, allow_inf_nan=False), AfterValidator(_has_two_decimals)]

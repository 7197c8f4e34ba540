"""折扣券: a share off the price."""

from typing import Literal

from .base import Minor, Part, Percent


class PercentOff(Part):
    """`percent` is what comes off: 12 is 88 折. At most `most_minor`."""

    kind: Literal["percent_off"] = "percent_off"
    percent: Percent
    most_minor: Minor | None = None

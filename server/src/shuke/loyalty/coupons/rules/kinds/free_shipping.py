"""包邮券: postage for nothing."""

from typing import Literal

from .base import Minor, Part


class FreeShipping(Part):
    """Takes off what is not goods: postage and fees. At most `most_minor`."""

    kind: Literal["free_shipping"] = "free_shipping"
    most_minor: Minor | None = None

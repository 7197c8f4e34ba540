"""包邮券: postage for nothing."""

from typing import ClassVar, Literal

from .base import Kind, Minor, Reached


class FreeShipping(Kind):
    """Takes off what is not goods: postage and fees. At most `most_minor`."""

    takes_goods: ClassVar[bool] = False

    kind: Literal["free_shipping"] = "free_shipping"
    most_minor: Minor | None = None

    def most(self, reached: Reached) -> int | None:
        """As the terms say."""
        del reached
        return self.most_minor

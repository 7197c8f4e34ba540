"""包邮券: postage for nothing."""

from typing import ClassVar, Literal

from ..words import Asked, Words
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

    def told(self, words: Words, asked: Asked | None) -> str:
        """满 99 包邮，最多减 12."""
        free = words.pick(f"{words.before(asked)}包邮" if asked else "包邮", "free shipping")
        return words.join([free, words.pick("", words.bought(asked)), words.up_to(self.most_minor)])

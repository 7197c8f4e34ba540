"""How other systems and people write what a coupon takes off, in one short text."""

from .kinds import Discount
from .terms import Threshold


class NotUnderstood(ValueError):
    """A text that says no discount. `reason`: a code."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def parse(text: str, money: str) -> tuple[Discount, Threshold]:
    """The discount and threshold that a text says. Raises NotUnderstood."""
    del text, money
    raise NotUnderstood("empty")


def render(discount: Discount, threshold: Threshold, money: str) -> str:
    """A discount and threshold as a text that `parse` reads as the same. Raises NotUnderstood where no text says it."""
    del discount, threshold, money
    raise NotUnderstood("not_written")

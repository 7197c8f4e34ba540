"""Activities that are no orders: a check-in, a review, a share. They move value through the same book as orders."""

from .actions import NewActivity, Recorded
from .live import record_all
from .schemas import MemberActivityIn

__all__ = ["MemberActivityIn", "NewActivity", "Recorded", "record_all"]

"""Activities that are no orders: a check-in, a review, a share. They move value through the same book as orders."""

from .actions import NewActivity, Recorded, record

__all__ = ["NewActivity", "Recorded", "record"]

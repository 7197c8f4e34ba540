"""The demonstrations: a generated chain of stores, and the real order history of Online Retail. See README.md."""

from .choosing import Demonstration, move_clock, prepare
from .online_retail import HISTORY

__all__ = ["HISTORY", "Demonstration", "move_clock", "prepare"]

"""For neighbours' tests: the background side of acts, to be run by hand and cut off in the middle."""

from . import queries
from .working import running

__all__ = ["queries", "running"]

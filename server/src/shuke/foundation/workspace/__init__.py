"""Everybody's own desk: views of lists that are kept, and settings of one person. See README.md."""

from .permissions import VIEWS_SHARE

__all__ = ["VIEWS_SHARE"]

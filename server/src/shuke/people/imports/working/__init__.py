"""Imports at work: many transactions, one after the other, each leaving a state that the next goes on from."""

from .running import Progress, check_import, run_import
from .undoing import undo_import

__all__ = ["Progress", "check_import", "run_import", "undo_import"]

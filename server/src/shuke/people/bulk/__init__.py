"""Acts on many members at once: previewed, done in the background, each member once, and undone where that can be."""

from .extensions import BulkAction, BulkRun, Outcome, Plan, Total
from .working.approving import approval_kind

__all__ = ["BulkAction", "BulkRun", "Outcome", "Plan", "Total", "approval_kind"]

"""The paths that are swept. A new one is a `Path` in one of these files."""

from . import adjusting, coupons, importing, ledger, ledger_sets, orders, till
from .path import Path

PATHS: tuple[Path, ...] = (
    *orders.PATHS,
    *till.PATHS,
    *importing.PATHS,
    *ledger.PATHS,
    *adjusting.PATHS,
    *ledger_sets.PATHS,
    *coupons.PATHS,
)

__all__ = ["PATHS", "Path"]

"""Questions to the sums of analytics."""

from .figures import Figures, StoreFigures, figures, first_day, list_levels, list_stores
from .rfm import SALES, find_score, is_map_kept, list_segment, map_in_use, rfm_map, sales_event_id
from .series import DayFigures, list_days

__all__ = [
    "SALES",
    "DayFigures",
    "Figures",
    "StoreFigures",
    "figures",
    "find_score",
    "first_day",
    "is_map_kept",
    "list_days",
    "list_levels",
    "list_segment",
    "list_stores",
    "map_in_use",
    "rfm_map",
    "sales_event_id",
]

"""Analytics: figures of the shop, its members and their points. Nobody above asks it; it is read over HTTP."""

from .errors import AsOfNotKept, BadPeriod
from .queries import rfm_map
from .rules import RfmMap, segment_of

__all__ = ["AsOfNotKept", "BadPeriod", "RfmMap", "rfm_map", "segment_of"]

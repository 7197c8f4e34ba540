"""Imports of order history: read → stage → apply member by member. The same fold as live orders does the work."""

from .mapping import Mapping, built_in, find_built_in, read_mapping
from .run import Progress, run_import, start_import

__all__ = ["Mapping", "Progress", "built_in", "find_built_in", "read_mapping", "run_import", "start_import"]

"""Imports of order history: read → stage → apply member by member. The same fold as live orders does the work."""

from .errors import ImportNotFound, ImportRunning, MoneyDiffers, UnknownMapping
from .mapping import BadMapping, Mapping, built_in, find_built_in, read_mapping
from .reading import WrongColumns
from .reasons import say
from .run import Progress, check_file, run_import, start_import
from .runs import Run, get, list_runs, rejects

__all__ = [
    "BadMapping",
    "ImportNotFound",
    "ImportRunning",
    "Mapping",
    "MoneyDiffers",
    "Progress",
    "Run",
    "UnknownMapping",
    "WrongColumns",
    "built_in",
    "check_file",
    "find_built_in",
    "get",
    "list_runs",
    "read_mapping",
    "rejects",
    "run_import",
    "say",
    "start_import",
]

"""Imports of order history: read → stage → apply member by member. The same fold as live orders does the work."""

from .errors import ImportNotFound, ImportRunning, MoneyDiffers, UnknownMapping
from .mapping import BadMapping, Mapping, built_in, find_built_in, read_mapping
from .reading import WrongColumns
from .reasons import say
from .rejects import rejects_csv
from .run import Progress, check_file, run_import, start_import
from .runs import Run, forget_rejects, get_import, list_imports, list_rejects

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
    "forget_rejects",
    "get_import",
    "list_imports",
    "list_rejects",
    "read_mapping",
    "rejects_csv",
    "run_import",
    "say",
    "start_import",
]

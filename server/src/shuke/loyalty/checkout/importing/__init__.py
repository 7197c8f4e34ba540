"""Imports of order history: read → stage → apply member by member. The same fold as live orders does the work."""

from .cells import WrongColumns
from .errors import FileMissing, FileUnknown, ImportNotFound, ImportRunning, MoneyDiffers, UnknownMapping
from .files import Given
from .mapping import BadMapping, Mapping, built_in, find_built_in, read_mapping
from .reasons import say
from .rejects import rejects_csv
from .returned import ReturnState, UnmatchedReturn, count_returns, get_return, list_candidates, list_returns
from .returned_file import unmatched_csv
from .run import Progress, check_files, run_import, start_import
from .runs import File, Run, forget_rejects, get_import, list_files, list_imports, list_rejects

__all__ = [
    "BadMapping",
    "File",
    "FileMissing",
    "FileUnknown",
    "Given",
    "ImportNotFound",
    "ImportRunning",
    "Mapping",
    "MoneyDiffers",
    "Progress",
    "ReturnState",
    "Run",
    "UnknownMapping",
    "UnmatchedReturn",
    "WrongColumns",
    "built_in",
    "check_files",
    "count_returns",
    "find_built_in",
    "forget_rejects",
    "get_import",
    "get_return",
    "list_candidates",
    "list_files",
    "list_imports",
    "list_rejects",
    "list_returns",
    "read_mapping",
    "rejects_csv",
    "run_import",
    "say",
    "start_import",
    "unmatched_csv",
]

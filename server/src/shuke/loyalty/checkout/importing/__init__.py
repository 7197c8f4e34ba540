"""Imports of order history: read → stage → apply member by member. The same fold as live orders does the work."""

from .cells import WrongColumns
from .deciding import dismiss_return, match_return, reopen_return
from .errors import (
    FileMissing,
    FileUnknown,
    ImportNotFound,
    ImportRunning,
    MappingTaken,
    MoneyDiffers,
    NotACandidate,
    ReturnDecided,
    ReturnNotFound,
    UnknownMapping,
)
from .files import Given
from .joins import JoinedTooLarge, KeyTwice
from .mapping import BadMapping, Mapping, built_in, find_built_in, read_mapping
from .reasons import say
from .rejects import rejects_csv
from .returned import ReturnState, UnmatchedReturn, count_returns, get_return, list_candidates, list_returns
from .returned_file import unmatched_csv
from .run import Progress, check_files, run_import, start_import
from .runs import File, Run, forget_rejects, get_import, list_files, list_imports, list_rejects
from .samples import fits, guess, look_at
from .saved import forget_mapping, get_mapping, list_mappings, save_mapping

__all__ = [
    "BadMapping",
    "File",
    "FileMissing",
    "FileUnknown",
    "Given",
    "ImportNotFound",
    "ImportRunning",
    "JoinedTooLarge",
    "KeyTwice",
    "Mapping",
    "MappingTaken",
    "MoneyDiffers",
    "NotACandidate",
    "Progress",
    "ReturnDecided",
    "ReturnNotFound",
    "ReturnState",
    "Run",
    "UnknownMapping",
    "UnmatchedReturn",
    "WrongColumns",
    "built_in",
    "check_files",
    "count_returns",
    "dismiss_return",
    "find_built_in",
    "fits",
    "forget_mapping",
    "forget_rejects",
    "get_import",
    "get_mapping",
    "get_return",
    "guess",
    "list_candidates",
    "list_files",
    "list_imports",
    "list_mappings",
    "list_rejects",
    "list_returns",
    "look_at",
    "match_return",
    "read_mapping",
    "rejects_csv",
    "reopen_return",
    "run_import",
    "save_mapping",
    "say",
    "start_import",
    "unmatched_csv",
]

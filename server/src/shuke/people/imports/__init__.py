"""Members from files: mapping, dry run, matching, rows handed back, undo."""

from .actions import add_import, ask_for, change_settings
from .files import handed_back_csv
from .queries import Import, RejectKind, count_reasons, find_unfinished, get_import, list_imports
from .rules.headings import detect
from .rules.reasons import say
from .rules.settings import ImportSettings
from .working import Progress, check_import, run_import, undo_import

__all__ = [
    "Import",
    "ImportSettings",
    "Progress",
    "RejectKind",
    "add_import",
    "ask_for",
    "change_settings",
    "check_import",
    "count_reasons",
    "detect",
    "find_unfinished",
    "get_import",
    "handed_back_csv",
    "list_imports",
    "run_import",
    "say",
    "undo_import",
]

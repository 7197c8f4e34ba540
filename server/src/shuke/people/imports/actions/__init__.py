"""What imports do: upload, check, run, undo."""

from .running import Progress, check_import, run_import
from .sampling import Look, look_at
from .undoing import undo_import
from .uploading import add_import, ask_for, change_settings, forget_rejects, mark

__all__ = [
    "Look",
    "Progress",
    "add_import",
    "ask_for",
    "change_settings",
    "check_import",
    "forget_rejects",
    "look_at",
    "mark",
    "run_import",
    "undo_import",
]

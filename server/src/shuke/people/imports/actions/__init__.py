"""What imports do in one transaction: take a file, look at it, decide how it is read, ask for the next step."""

from .sampling import Look, look_at
from .uploading import add_import, ask_for, change_settings, forget_rejects, mark

__all__ = ["Look", "add_import", "ask_for", "change_settings", "forget_rejects", "look_at", "mark"]

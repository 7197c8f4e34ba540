"""Notes about members, and what somebody promised to do for them. See README.md."""

from .errors import AssigneeUnfit, FollowUpNotFound, NoteNotFound

__all__ = ["AssigneeUnfit", "FollowUpNotFound", "NoteNotFound"]

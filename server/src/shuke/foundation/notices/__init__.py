"""What people of the staff are told: in the bell, until they have read it. See README.md."""

from .actions import Notice, tell, withdraw
from .extensions import NoticeKind

__all__ = ["Notice", "NoticeKind", "tell", "withdraw"]

"""Questions about staff."""

from .users import (
    Caller,
    LiveSession,
    StaffUser,
    actor_names,
    count_allowed,
    display_names,
    find_caller,
    find_live_session,
    get_user,
    list_live_sessions,
    token_hash,
)

__all__ = [
    "Caller",
    "LiveSession",
    "StaffUser",
    "actor_names",
    "count_allowed",
    "display_names",
    "find_caller",
    "find_live_session",
    "get_user",
    "list_live_sessions",
    "token_hash",
]

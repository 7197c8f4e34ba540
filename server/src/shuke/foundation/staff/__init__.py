"""Staff users, roles and signing in. See README.md."""

from .actions import FirstUser, ensure_first_user, reset_password
from .errors import SignInFailed, StaffUserNotFound
from .queries import actor_names, count_allowed, display_names

__all__ = [
    "FirstUser",
    "SignInFailed",
    "StaffUserNotFound",
    "actor_names",
    "count_allowed",
    "display_names",
    "ensure_first_user",
    "reset_password",
]

"""Staff users, roles and signing in. See README.md."""

from .actions import FirstUser, ensure_first_user, reset_password
from .errors import SignInFailed, StaffUserNotFound
from .queries import count_allowed, display_names

__all__ = [
    "FirstUser",
    "SignInFailed",
    "StaffUserNotFound",
    "count_allowed",
    "display_names",
    "ensure_first_user",
    "reset_password",
]

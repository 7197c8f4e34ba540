"""Staff users, roles and signing in. See README.md."""

from .actions import FirstUser, ensure_first_user, reset_password
from .errors import SignInFailed, StaffUserNotFound

__all__ = ["FirstUser", "SignInFailed", "StaffUserNotFound", "ensure_first_user", "reset_password"]

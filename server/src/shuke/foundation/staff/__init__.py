"""Staff users, roles and signing in. See README.md."""

from .actions import FirstUser, ask_approval, ensure_first_user, reset_password, withdraw_approval
from .errors import SignInFailed, StaffUserNotFound
from .extensions import ApprovalKind, ApprovalListener, ApprovalNews, ApprovalRefused
from .queries import actor_names, count_allowed, display_names, find_actor, list_allowed

__all__ = [
    "ApprovalKind",
    "ApprovalListener",
    "ApprovalNews",
    "ApprovalRefused",
    "FirstUser",
    "SignInFailed",
    "StaffUserNotFound",
    "actor_names",
    "ask_approval",
    "count_allowed",
    "display_names",
    "ensure_first_user",
    "find_actor",
    "list_allowed",
    "reset_password",
    "withdraw_approval",
]

"""What changes staff."""

from .sign_in import (
    FirstUser,
    SignedIn,
    add_user,
    change_password,
    choose_language,
    end_session,
    ensure_first_user,
    ensure_roles,
    forget_ended,
    reset_password,
    sign_in,
    sign_out,
    touch,
)

__all__ = [
    "FirstUser",
    "SignedIn",
    "add_user",
    "change_password",
    "choose_language",
    "end_session",
    "ensure_first_user",
    "ensure_roles",
    "forget_ended",
    "reset_password",
    "sign_in",
    "sign_out",
    "touch",
]

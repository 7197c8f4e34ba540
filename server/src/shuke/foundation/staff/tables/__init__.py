"""Tables of staff users. Private to the module."""

from .approvals import approval
from .factors import staff_challenge, staff_passkey, staff_recovery_code, staff_secret, staff_totp
from .providers import staff_provider, staff_provider_subject
from .users import (
    staff_password_history,
    staff_role,
    staff_security,
    staff_session,
    staff_sign_in_failure,
    staff_user,
    staff_user_region,
    staff_user_role,
    staff_user_store,
)

__all__ = [
    "approval",
    "staff_challenge",
    "staff_passkey",
    "staff_password_history",
    "staff_provider",
    "staff_provider_subject",
    "staff_recovery_code",
    "staff_role",
    "staff_secret",
    "staff_security",
    "staff_session",
    "staff_sign_in_failure",
    "staff_totp",
    "staff_user",
    "staff_user_region",
    "staff_user_role",
    "staff_user_store",
]

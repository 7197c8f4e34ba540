"""What staff plugs into the house."""

from shuke.platform.keys import WrappedColumn
from shuke.platform.module import Module, Schedule

from .actions.secrets import context_of
from .jobs import close_old_approvals, forget_ended_sessions
from .permissions import (
    APPROVALS_DECIDE,
    APPROVALS_READ,
    STAFF_DELEGATE,
    STAFF_READ,
    STAFF_ROLES,
    STAFF_SECURITY,
    STAFF_WRITE,
)
from .routes import AUTHENTICATOR, router
from .tables import staff_secret

MODULE = Module(
    name="staff",
    router=router,
    permissions=(
        STAFF_READ,
        STAFF_WRITE,
        STAFF_ROLES,
        STAFF_SECURITY,
        STAFF_DELEGATE,
        APPROVALS_READ,
        APPROVALS_DECIDE,
    ),
    schedules=(
        Schedule(name="staff.forget_ended_sessions", cron="17 * * * *", run=forget_ended_sessions),
        Schedule(name="staff.close_old_approvals", cron="23 * * * *", run=close_old_approvals),
    ),
    contributions=(
        AUTHENTICATOR,
        WrappedColumn(
            table=staff_secret,
            wrapped="wrapped_key",
            version="kek_version",
            context=lambda row: context_of(row["name"]),
        ),
    ),
)

"""Staff over HTTP."""

from shuke.platform.http import Router

from . import approvals, factors, providers, roles, session, users
from .edge import AUTHENTICATOR

router = Router()
for part in (
    session.router,
    factors.router,
    providers.session_router,
    users.router,
    roles.router,
    providers.router,
    approvals.router,
):
    router.include_router(part)

__all__ = ["AUTHENTICATOR", "router"]

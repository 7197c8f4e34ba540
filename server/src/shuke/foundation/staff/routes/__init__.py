"""Staff over HTTP."""

from shuke.platform.http import Router

from .session import AUTHENTICATOR
from .session import router as session_router

router = Router()
router.include_router(session_router)

__all__ = ["AUTHENTICATOR", "router"]

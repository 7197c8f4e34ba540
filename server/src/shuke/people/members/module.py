"""What members plug into the house."""

from shuke.platform.module import Module

from .extensions import TimelineSource
from .merging.routes import router as merging
from .permissions import PERMISSIONS
from .queries.page import load_member_timeline
from .routes import router

router.include_router(merging)

MODULE = Module(
    name="members",
    router=router,
    permissions=PERMISSIONS,
    contributions=(TimelineSource(kind="member", load=load_member_timeline),),
)

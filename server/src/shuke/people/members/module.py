"""What members plug into the house."""

from shuke.platform.module import Module

from .extensions import TimelineSource
from .identities.routes import router as identities
from .jobs import JOBS, SCHEDULES
from .merging.routes import router as merging
from .permissions import PERMISSIONS
from .privacy import PERSONAL_DATA
from .queries.page import load_member_timeline
from .rekeying.places import PLACES
from .routes import router

for part in (identities, merging):
    router.include_router(part)

MODULE = Module(
    name="members",
    router=router,
    permissions=PERMISSIONS,
    jobs=JOBS,
    schedules=SCHEDULES,
    contributions=(TimelineSource(kind="member", load=load_member_timeline), *PERSONAL_DATA, *PLACES),
)

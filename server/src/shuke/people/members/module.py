"""What members plug into the house."""

from shuke.platform.conditions import FactSource
from shuke.platform.module import Job, Module

from .attribution.privacy import CHANGES
from .attribution.routes import router as attribution
from .attribution.transfers import TRANSFER_JOB, run_transfer
from .custom import parts as custom
from .exports import MEMBERS as EXPORTED
from .extensions import TimelineSource
from .facts import POPULATION, SEALED, STORED, custom_missing, load_facts
from .identities.routes import router as identities
from .jobs import JOBS, SCHEDULES
from .merging.routes import router as merging
from .permissions import PERMISSIONS
from .privacy import PERSONAL_DATA
from .queries.happened import load_access_timeline, load_member_timeline
from .rekeying.places import PLACES
from .relations.privacy import FAMILY
from .relations.routes import router as relations
from .routes import router

for part in (attribution, identities, merging, relations):
    router.include_router(part)

MODULE = Module(
    name="members",
    router=router,
    permissions=PERMISSIONS,
    jobs=(Job(name=TRANSFER_JOB, run=run_transfer), *JOBS),
    schedules=SCHEDULES,
    contributions=(
        EXPORTED,
        TimelineSource(kind="member", load=load_member_timeline),
        TimelineSource(kind="access", load=load_access_timeline, permission="audit.read"),
        *PERSONAL_DATA,
        CHANGES,
        FAMILY,
        custom.RECORDS,
        custom.MERGE,
        custom.PERSONAL,
        *PLACES,
        FactSource(facts=(*STORED, *SEALED), load=load_facts, missing=custom_missing, population=POPULATION),
    ),
)

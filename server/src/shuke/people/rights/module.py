"""What the rights of members plug into the house."""

from shuke.people import members
from shuke.platform.keys import SealedColumn
from shuke.platform.module import Job, Module, Schedule

from . import jobs
from .actions import COPY, ERASE
from .permissions import PERMISSIONS, READ
from .privacy import PERSONAL_DATA
from .queries import copy_place, note_place
from .routes import router
from .sections import RequestSectionOut, load_section, load_timeline
from .settings_routes import router as settings
from .tables import rights_copy_part, rights_note

router.include_router(settings)

MODULE = Module(
    name="rights",
    router=router,
    permissions=PERMISSIONS,
    jobs=(Job(name=COPY, run=jobs.make_copy), Job(name=ERASE, run=jobs.erase)),
    schedules=(
        Schedule(name="rights.erase_due", cron="*/10 * * * *", run=jobs.erase_due),
        Schedule(name="rights.announce_late", cron="7 * * * *", run=jobs.announce_late),
        Schedule(name="rights.keep_journal", cron="*/5 * * * *", run=jobs.keep_journal),
        # In the hours after midnight in China.
        Schedule(name="rights.retention", cron="33 17 * * *", run=jobs.hold_to_retention),
    ),
    contributions=(
        *PERSONAL_DATA,
        members.MemberSection(key="requests", shape=RequestSectionOut, load=load_section, permission=READ.code),
        members.TimelineSource(kind="request", load=load_timeline, permission=READ.code),
        SealedColumn(
            table=rights_note,
            column="sealed",
            owner="member_id",
            context=lambda row: members.place_of(row["member_id"], note_place(row["request_id"], row["step_no"])),
        ),
        SealedColumn(
            table=rights_copy_part,
            column="sealed",
            owner="member_id",
            context=lambda row: members.place_of(row["member_id"], copy_place(row["copy_id"], row["part_no"])),
        ),
    ),
)
